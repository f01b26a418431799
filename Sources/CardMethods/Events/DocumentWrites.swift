import CardRules
import JSONRPC
import Postgres

extension PublishedDocument {
    /// The statements that store it, over what is stored of an older one.
    func writes(isNew: Bool) -> [SQL] {
        switch content {
        case .event(let event): return [event.write(contentHash: contentHash)]
        case .place(let place):
            return [
                """
                insert into place (id, name, name_key, address, document_modified, content_hash)
                \(fragment: place.values(contentHash: contentHash))
                on conflict (id) do update set \(fragment: place.replacement), version = place.version + 1
                """
            ]
        case .organizer(let organizer):
            let write: SQL = """
                insert into organizer (id, name, name_key, address, document_modified, content_hash)
                \(fragment: organizer.values(contentHash: contentHash))
                on conflict (id) do update set \(fragment: organizer.replacement), version = organizer.version + 1
                """
            // An organizer that becomes known makes its events usable: whoever remembers them is told.
            return isNew
                ? [write, "update event set version = version + 1 where organizer_id = \(organizer.id)"] : [write]
        }
    }
}

extension AddressedDocument {
    fileprivate func values(contentHash: [UInt8]) -> SQL {
        """
        values (\(id), \(name.column), \(name.searchKey), \(address?.column), \(modified), \(contentHash))
        """
    }

    fileprivate var replacement: SQL {
        """
        name = excluded.name, name_key = excluded.name_key, address = excluded.address,
        document_modified = excluded.document_modified, content_hash = excluded.content_hash
        """
    }
}

extension EventDocument {
    /// Points, limits and the check-in code are no part of the document: a new event gets them, and they stay.
    fileprivate func write(contentHash: [UInt8]) -> SQL {
        let bounds = calendar.bounds
        let prices = PostgresJSON(text: prices.jsonBytes)
        let code = Secret.make(prefix: "", bytes: 10)
        return """
            insert into event (id, organizer_id, place_id, name, name_key, place_name, place_address, workflow_status,
                available_from, available_to, status, is_sold_out, calendar, starts_at, ends_at, price_info,
                document_modified, content_hash, check_in_code)
            values (\(id), \(organizer), \(place), \(name.column), \(name.searchKey), \(placeName?.column),
                \(placeAddress?.column), \(workflowStatus), \(availableFrom), \(availableTo), \(status),
                \(bookingAvailability == .unavailable), \(PostgresJSON(text: calendar.document.bytes)), \(bounds.start),
                \(bounds.end), \(prices), \(modified), \(contentHash), \(code))
            on conflict (id) do update set organizer_id = excluded.organizer_id, place_id = excluded.place_id,
                name = excluded.name, name_key = excluded.name_key, place_name = excluded.place_name,
                place_address = excluded.place_address, workflow_status = excluded.workflow_status,
                available_from = excluded.available_from, available_to = excluded.available_to,
                status = excluded.status, is_sold_out = excluded.is_sold_out, calendar = excluded.calendar,
                starts_at = excluded.starts_at, ends_at = excluded.ends_at, price_info = excluded.price_info,
                document_modified = excluded.document_modified, content_hash = excluded.content_hash,
                version = event.version + 1
            """
    }
}

extension LocalizedText {
    fileprivate var column: PostgresJSON { PostgresJSON(text: jsonBytes) }
}

extension LocalizedAddress {
    fileprivate var column: PostgresJSON { PostgresJSON(text: jsonBytes) }
}
