import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

/// Who gets in where: a pair assertion, written out here and not read from the declarations.
enum PermissionTable {
    /// A letter for each who is let in, a dot for each who is not: s stranger, a account without roles, o operator,
    /// c card-system administrator, m municipality administrator, members of a counter in one group each: T check-in
    /// and
    /// ticket, R plain registration, G authorised registration, M merchant; A admin of the ticket counter, p pillar,
    /// h pass holder.
    private static let foundation = """
        account.changePassword       .aocmTRGMA.h
        account.confirmEmail         saocmTRGMAph
        account.list                 ..o.........
        account.register             saocmTRGMAph
        account.unlock               ..oc........
        audit.list                   ..oc........
        card.addStock                ..oc........
        card.block                   ..oc...G....
        card.count                   ..oc..RG....
        card.deliver                 ..oc........
        card.handOver                ..oc........
        card.list                    ..oc..RG....
        card.receive                 ..oc..RG....
        card.status                  ..oc..RG....
        card.unblock                 ..oc...G....
        cardSystem.create            ..o.........
        cardSystem.get               saocmTRGMAph
        cardSystem.list              saocmTRGMAph
        cardSystem.update            ..oc........
        checkIn.cancel               ..oc.TRG.A..
        checkIn.correct              ..oc........
        checkIn.count                ..oc.TRG.A..
        checkIn.create               .....TRG.A..
        checkIn.createCorrectionJob  ..oc........
        checkIn.list                 ..oc.TRG.A..
        checkIn.restore              ..oc........
        checkIn.status               ..oc.TRG.A..
        clock.advance                ..o.........
        clock.get                    saocmTRGMAph
        clock.set                    ..o.........
        counter.activate             ..ocm.......
        counter.addCardSystem        ..oc........
        counter.confirmIban          ..ocm.......
        counter.create               ..o.........
        counter.get                  ..ocmTRGMA..
        counter.list                 ..ocm.......
        counter.setDistributionKey   ..ocm.......
        counter.setIban              ..ocm.......
        counter.setPermissionGroups  ...c........
        counter.setTicketLimit       ..ocm.......
        counter.update               ..ocm.......
        counterMember.add            ..ocm....A..
        counterMember.list           ..ocmTRGMA..
        counterMember.remove         ..ocm....A..
        counterMember.setRole        ..ocm....A..
        event.checkInCode            ..ocmTRG.A..
        event.get                    saocmTRGMAph
        event.getSettings            ..ocm.......
        event.import                 ..oc........
        event.list                   saocmTRGMAph
        event.setSettings            ..ocm.......
        mail.list                    ..o.........
        municipality.add             ..oc........
        municipality.get             saocmTRGMAph
        municipality.list            saocmTRGMAph
        municipality.update          ..oc........
        organizer.get                saocmTRGMAph
        organizer.list               saocmTRGMAph
        pass.lookUp                  ..oc.TRG.A..
        passHolder.block             ..oc...G....
        passHolder.get               ..oc..RG....
        passHolder.list              ..oc..RG....
        passHolder.register          ..oc..RG....
        passHolder.revealInsz        ...c........
        passHolder.unblock           ..oc...G....
        permission.list              .aocmTRGMA.h
        permissionGroup.create       ..oc........
        permissionGroup.list         ..ocm.......
        permissionGroup.remove       ..oc........
        permissionGroup.update       ..oc........
        pillar.assignedEvent         ..........p.
        pillar.balance               ..........p.
        pillar.candidateEvents       ..oc.TRGMA..
        pillar.checkIn               ..........p.
        pillar.chooseEvent           ..oc.TRGMA..
        pillar.clearFixedEvent       ..oc........
        pillar.create                ..oc........
        pillar.get                   ..oc.TRGMA..
        pillar.list                  ..oc.TRGMA..
        pillar.release               ..oc........
        pillar.setFixedEvent         ..oc........
        pillar.setUp                 saocmTRGMAph
        pillar.subscribe             ..........p.
        pillar.unsubscribe           ..........p.
        pillar.update                ..oc........
        place.list                   ..ocmTRGMA..
        pointOfSale.list             saocmTRGMAph
        points.history               ..oc..RG....
        role.grant                   ..oc........
        role.list                    ..oc........
        role.revoke                  ..oc........
        rpc.discover                 saocmTRGMAph
        rpc.hello                    saocmTRGMAph
        rpc.ping                     saocmTRGMAph
        security.list                ..o.........
        session.chooseCounter        .aocmTRGMA.h
        session.counters             .aocmTRGMA.h
        session.get                  .aocmTRGMAph
        session.login                saocmTRGMAph
        session.logout               .aocmTRGMAph
        session.resume               saocmTRGMAph
        """

    /// Each area keeps its own rows.
    static let texts = [
        foundation, tariffs, holders, cards, jobs, opportunity, prices, privacy, selfService, groups, feed, coupons,
        tickets, advantages, redemptions, scans,
    ]

    /// The letters of each method.
    static let rows: [String: String] = Dictionary(
        uniqueKeysWithValues: texts.flatMap { $0.split(separator: "\n") }.map { line in
            let words = line.split(separator: " ")
            return (String(words[0]), String(words[1]))
        })
}

@Suite(.scene) struct PermissionMatrixTests {
    private static let roles = Array("saocmTRGMAph")

    /// Somebody of the card system `here`.
    private static func caller(_ role: Character, epoch: Int) -> Caller {
        var caller = Caller()
        caller.epoch = epoch
        switch role {
        case "s": return caller
        case "p": caller.pillar = .init(id: ID(high: 1, low: 1), cardSystem: SceneData.here, credential: [])
        default: caller.accountID = ID(high: 5, low: 99)
        }
        switch role {
        case "o": caller.isOperator = true
        case "c": caller.administered = [SceneData.here]
        case "m": caller.municipalities = [ID(high: 7, low: 7): SceneData.here]
        case "T": caller.counter = counter(.checkInAndTicketCounter, .member)
        case "R": caller.counter = counter(.plainRegistrationCounter, .member)
        case "G": caller.counter = counter(.authorisedRegistrationCounter, .member)
        case "M": caller.counter = counter(.merchant, .member)
        case "A": caller.counter = counter(.checkInAndTicketCounter, .admin)
        case "h": caller.holder = Scene.Holder(1).id
        default: break
        }
        return caller
    }

    private static func counter(_ group: StandardGroup, _ role: CounterRole) -> Caller.Counter {
        Caller.Counter(
            id: SceneData.Place.library.counter, cardSystem: SceneData.here, role: role, isActive: true,
            permissions: [SceneData.here: group.permissions])
    }

    @Test func `the table covers every method, and no other`() {
        #expect(Set(PermissionTable.rows.keys) == Set(Registry.all.map(\.name)))
    }

    @Test func `GEN-02 PER-04 each method lets in whom the table says, and nobody else`() async throws {
        try await Scene.with { scene in
            for method in Registry.all {
                let letters = Array(PermissionTable.rows[method.name] ?? "")
                for (index, role) in Self.roles.enumerated() {
                    // A pillar's standing is looked up, so it must be one that there is.
                    let device = role == "p" ? try await scene.pillar("CID-\(method.name)") : nil
                    let peer =
                        device?.peer
                        ?? Peer(source: "x", caller: Self.caller(role, epoch: scene.services.directory.epoch))
                    let isAdmitted = index < letters.count && letters[index] == role
                    let expected = isAdmitted ? -32602 : role == "s" ? -32001 : -32004
                    let code = await Self.code(scene.dispatcher.call(method, Self.strange, peer))
                    #expect(code == expected, "\(method.name) by \(role)")
                }
            }
        }
    }

    /// A parameter that no method takes: whoever is let in is told so.
    private static let strange = JSONObject([.init(name: "zzz", value: true)])

    private static func code(_ result: Result<[UInt8], RPCError>) -> Int {
        if case .failure(let error) = result { error.code } else { 0 }
    }

    @Test func `PER-07 nobody's scope reaches beyond his own card systems`() {
        for method in Registry.all {
            for role in Self.roles where role != "o" {
                let scope = method.declared.access.scope(of: Self.caller(role, epoch: 1))
                #expect(scope?.isOperator != true, "\(method.name) by \(role)")
                #expect(scope?.cardSystems.subtracting([SceneData.here]).isEmpty != false, "\(method.name) by \(role)")
            }
        }
    }

    @Test func `a counter that is not active gives no rights`() {
        for method in Registry.all where !method.declared.access.isPublic {
            var caller = Self.caller("G", epoch: 1)
            caller.accountID = nil
            caller.counter?.isActive = false
            #expect(method.declared.access.scope(of: caller) == nil, "\(method.name)")
        }
    }
}
