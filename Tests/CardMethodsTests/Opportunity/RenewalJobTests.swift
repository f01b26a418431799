import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// The yearly campaign: everyone whose status ends on 30 April.
@Suite(.bare) struct RenewalJobTests {
    /// Registers people whose statuses end on days, and gives their ids by name.
    private static func people(
        _ scene: Scene, _ region: Region, _ ends: [(name: String, end: CivilDate, postalCode: String)]
    ) async throws -> [String: PassHolderID] {
        var ids: [String: PassHolderID] = [:]
        for (name, end, postalCode) in ends {
            let person = region.person([
                "name": .string(name), "opportunity": ["endDate": "2099-01-01"],
                "counterId": region.authorised.id,
                "address": [
                    "postalCode": .string(postalCode), "city": .string(postalCode == "9900" ? "Eeklo" : "Aalter"),
                ],
            ])
            let made = try await scene.ok(region.admin, "passHolder.register", person)
            let id = PassHolderID(text: made["passHolderId"]!.string!)!
            try await scene.sql("update membership set opportunity_end_date = \(end) where holder_id = \(id)")
            ids[name] = id
        }
        return ids
    }

    private static func ends(_ scene: Scene) async throws -> [String: String] {
        let rows = try await scene.owner.transaction {
            try $0.query(
                """
                select h.name, m.opportunity_end_date from membership m join pass_holder h on h.id = m.holder_id
                """
            ).map { (try $0[0] as String, (try $0[1] as CivilDate).text) }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    @Test func `PH-04 R-085 everyone whose status ends on a day gets a new end, by a job with an outcome for each`()
        async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let april = CivilDate(year: Brussels.date(scene.now).year, month: 4, day: 30)!
            let next = OpportunityStatus.defaultEndDate(on: Brussels.date(scene.now)).text
            let ids = try await Self.people(
                scene, region,
                [
                    ("Zoet", april, "9900"), ("Adam", april, "9880"), ("Blok", april, "9900"),
                    ("Later", april.adding(days: 1), "9900"), ("Eerder", april.adding(days: -1), "9900"),
                ])
            try await scene.ok(
                region.admin, "passHolder.block",
                ["passHolderId": .string(ids["Blok"]!.text), "cardSystemId": region.cardSystem, "reason": "misuse"])
            let params: JSON = ["cardSystemId": region.cardSystem, "endsFrom": .string(april.text)]
            let job = try await scene.ok(region.admin, "opportunity.createRenewalJob", params)
            #expect(job["state"] == "validating" && job["method"] == "opportunity.extend")
            let id = job["id"]!
            try await scene.work()
            try await scene.ok(region.admin, "job.preview", ["jobId": id])
            try await scene.work()
            let foreseen = try await scene.ok(region.admin, "job.get", ["jobId": id])
            #expect(foreseen["rows"] == 3 && foreseen["foreseenDone"] == 2 && foreseen["foreseenRefused"] == 1)
            #expect(try await Self.ends(scene)["Adam"] == april.text)
            try await scene.ok(region.admin, "job.start", ["jobId": id])
            try await scene.work()
            let rows = try await scene.rows(region.admin, id)
            #expect(rows == ["2 done (done)", "3 refused (refused) passHolder.blocked", "4 done (done)"])
            #expect(
                try await Self.ends(scene) == [
                    "Zoet": next, "Adam": next, "Blok": april.text, "Later": april.adding(days: 1).text,
                    "Eerder": april.adding(days: -1).text,
                ])
            let outcome = try await scene.ok(region.admin, "job.outcome", ["jobId": id])["text"]!.string!
            #expect(outcome.contains(",Adam,An,2,done"))
            let trail = try await scene.ok(region.admin, "audit.list", ["cardSystemId": region.cardSystem])
            #expect(trail["items"]!.array!.count { $0["details", "jobId"] == id && $0["outcome"] == "done" } == 2)
            #expect(!trail.text.contains("Adam"))
        }
    }

    @Test func `a campaign is about days, and about residents of a municipality`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let today = Brussels.date(scene.now)
            _ = try await Self.people(
                scene, region,
                [
                    ("Zoet", today, "9900"), ("Adam", today.adding(days: 9), "9880"),
                    ("Maes", today.adding(days: 10), "9900"), ("Claes", today.adding(days: 11), "9900"),
                ])
            let until = today.adding(days: 10)
            let named: JSON = [
                "cardSystemId": region.cardSystem, "endsFrom": .string(today.text), "endsUntil": .string(until.text),
            ]
            for (more, count): (JSON, Int64) in [([:], 3), (["municipalityId": region.municipality], 2)] {
                let job = try await scene.ok(region.admin, "opportunity.createRenewalJob", named.merged(with: more))
                try await scene.work()
                #expect(try await scene.ok(region.admin, "job.get", ["jobId": job["id"]!])["rows"]?.integer == count)
            }
            let kinds: [(JSON, [String])] = [
                (["endDate": .string(today.adding(days: 9).text)], ["opportunityStatus.endsLater"]),
                (
                    ["endDate": .string(today.adding(days: -1).text)],
                    ["opportunityStatus.datePassed", "opportunityStatus.endsLater"]
                ),
                (["endsUntil": .string(today.adding(days: -1).text)], ["-32602"]),
                (["municipalityId": region.cardSystem], ["municipality.notFound"]),
            ]
            for (more, kinds) in kinds {
                let answer = await scene.refused(
                    region.admin, "opportunity.createRenewalJob", named.merged(with: more))
                #expect(answer == kinds)
            }
            #expect(await scene.refused(region.authorised.clerk, "opportunity.createRenewalJob", named) == ["-32004"])
            let given = named.merged(with: ["endDate": .string(until.text), "name": "Spring"])
            let job = try await scene.ok(region.admin, "opportunity.createRenewalJob", given)
            #expect(job["name"] == "Spring")
            try await scene.work()
            try await scene.ok(region.admin, "job.start", ["jobId": job["id"]!])
            try await scene.work()
            let ends = try await Self.ends(scene)
            #expect(ends.values.count { $0 == until.text } == 3 && ends["Claes"] != until.text)
        }
    }
}
