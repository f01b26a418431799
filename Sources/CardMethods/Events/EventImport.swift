import CardRules
import JSONRPC
import Postgres

enum EventImport: Method {
    static let declaration = Declaration(
        "event.import", .writes, by: [.operator, .cardSystemAdministrator],
        "Takes in events, places and organizers as UiTdatabank publishes them (JSON-LD).",
        details:
            "Each document has an outcome of its own: a bad one is refused with everything that is wrong with it, "
            + "while the others go in. The newer document wins, one of the same time with other content is taken, an "
            + "older one is skipped. The operator may bring in all documents; an administrator events and organizers of "
            + "his counters, and places of his counters or not yet known. An event with check-ins stays with its "
            + "organizer.",
        refusals: [.documentInvalid, .eventNotImportable, .eventOrganizerFixed])

    struct Params: Parameters {
        let documents: ImportedDocuments
        let isDryRun: Bool

        init(from reader: inout ParameterReader) {
            documents = reader.required("documents", "1 to 100 documents, in any order.")
            isDryRun = reader.optional("dryRun", default: false, "Whether to tell the outcomes and change nothing.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> ImportReport {
        let documents = params.documents.documents.map { json in
            Swift.Result { () throws(MalformedDocument) in try PublishedDocument(reading: json) }
        }
        var importing = try DocumentImport(documents.compactMap { try? $0.get() }, call)
        let outcomes = zip(documents, params.documents.documents).map { document, json in
            switch document {
            case .success(let document): importing.take(document)
            case .failure(let malformed): DocumentOutcome(malformed, json)
            }
        }
        if !params.isDryRun { try call.transaction.run(importing.writes) }
        let report = ImportReport(outcomes: outcomes)
        call.audit.facts = [("changed", importing.changed.joined(separator: " ")), ("dryRun", "\(params.isDryRun)")]
        return report
    }
}

/// The documents of one call, each read by itself.
struct ImportedDocuments: ParameterValue {
    let documents: [JSON]

    static var schema: Schema { .array(.any, counts: 1...100) }
    static var placeholder: ImportedDocuments { ImportedDocuments(documents: []) }

    private init(documents: [JSON]) { self.documents = documents }

    init(parameter: JSON) throws(Unfit) {
        guard case .array(let documents) = parameter else { throw Unfit("must be an array, not \(parameter.kind)") }
        guard (1...100).contains(documents.count) else { throw Unfit("must have 1 to 100 elements") }
        self.documents = documents
    }
}

/// What became of all documents of a call.
struct ImportReport: ResultRecord {
    let outcomes: [DocumentOutcome]

    private func count(_ outcome: DocumentOutcome.Outcome) -> Int { outcomes.count { $0.outcome == outcome } }

    static let fields: [ResultField<ImportReport>] = [
        .init("outcomes", "One for each document, in their order.") { $0.outcomes },
        .init("imported", "How many were not known before.") { $0.count(.imported) },
        .init("updated", "How many replaced what was stored.") { $0.count(.updated) },
        .init("unchanged", "How many were stored already.") { $0.count(.unchanged) },
        .init("skippedOlder", "How many are older than what is stored.") { $0.count(.skippedOlder) },
        .init("refused", "How many were refused.") { $0.count(.refused) },
    ]
}

/// What became of one document.
struct DocumentOutcome: ResultRecord {
    enum Outcome: String, WordParameter {
        case imported, updated, unchanged, skippedOlder, refused
    }

    let kind: DocumentKind?
    let id: ID<Never>?
    let outcome: Outcome
    let reasons: [Reason]

    static let fields: [ResultField<DocumentOutcome>] = [
        .init("kind", "What the document is about; absent if it does not tell.") { $0.kind },
        .init("id", "Its UUID; absent if it has none.") { $0.id },
        .init("outcome", "What became of it.") { $0.outcome },
        .init("reasons", "Why it was refused, with a pointer into the document to each malformed field.") {
            $0.reasons.map(ReasonView.init)
        },
    ]

    init(_ document: PublishedDocument, _ verdict: ImportVerdict) {
        (kind, id) = (document.kind, document.id)
        switch verdict {
        case .imported: (outcome, reasons) = (.imported, [])
        case .updated: (outcome, reasons) = (.updated, [])
        case .unchanged: (outcome, reasons) = (.unchanged, [])
        case .skippedOlder: (outcome, reasons) = (.skippedOlder, [])
        case .refused(let why): (outcome, reasons) = (.refused, why)
        }
    }

    init(_ malformed: MalformedDocument, _ json: JSON) {
        // What else is wrong with it was noted when it was read.
        var reader = DocumentReader()
        let identity = PublishedIdentity(DocumentField(json), &reader)
        (kind, id) = (identity.kind, identity.id())
        outcome = .refused
        reasons = malformed.problems.map { problem in
            Reason(.documentInvalid, at: problem.pointer, .init("problem", .text(problem.reason)))
        }
    }
}
