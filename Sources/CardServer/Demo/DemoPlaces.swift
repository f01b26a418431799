import CardRules

/// The organizers of the demo season. They are invented, the municipalities are real. The first five are the organizers
/// of counters.
enum DemoOrganizer: Int, CaseIterable, Sendable {
    case wilgenknoop = 1
    case keldertrap, leeslamp, snelleVaart, uilenzolder, waterkers, krekelput, pluim, kreken, kleiput, kanaalzicht,
        bosuil

    var id: OrganizerID { DemoID.make(.organizer, rawValue) }

    var name: String {
        switch self {
        case .wilgenknoop: "Cultuurhuis De Wilgenknoop"
        case .keldertrap: "Kunstkring De Keldertrap"
        case .leeslamp: "Bibliotheek De Leeslamp"
        case .snelleVaart: "Sportclub De Snelle Vaart"
        case .uilenzolder: "Jeugdhuis De Uilenzolder"
        case .waterkers: "Sportbad De Waterkers"
        case .krekelput: "Heemkring De Krekelput"
        case .pluim: "Toneelgroep De Pluim"
        case .kreken: "Gidsenkring De Kreken"
        case .kleiput: "Atelier De Kleiput"
        case .kanaalzicht: "Buurthuis Kanaalzicht"
        case .bosuil: "Natuurgroep De Bosuil"
        }
    }

    /// Where most of its events are, and where it has its address.
    var place: DemoPlace { DemoPlace(rawValue: rawValue)! }
}

/// The places of the demo season: one for each organizer, under its number, and a park.
enum DemoPlace: Int, CaseIterable, Sendable {
    case wilgenzaal = 1
    case kelder, leeszaal, sporthal, zolder, zwembad, heemhuis, schouwburg, krekenpad, pottenbakkerij, buurthuis,
        boshuis,
        park

    var id: PlaceID { DemoID.make(.place, rawValue) }
    var name: String { facts.name }
    var street: String { facts.street }
    var postalCode: String { facts.postalCode }
    /// As the card system names it.
    var municipality: String { facts.municipality }

    private var facts: (name: String, street: String, postalCode: String, municipality: String) {
        switch self {
        case .wilgenzaal: ("Wilgenzaal", "Knotwilgenlaan 3", "9900", "Eeklo")
        case .kelder: ("De Keldertrap", "Trapstraat 7", "9880", "Aalter")
        case .leeszaal: ("Leeszaal De Leeslamp", "Lampstraat 12", "9940", "Evergem")
        case .sporthal: ("Sporthal De Snelle Vaart", "Vaartweg 100", "9060", "Zelzate")
        case .zolder: ("De Uilenzolder", "Zolderstraat 15", "9930", "Lievegem")
        case .zwembad: ("Sportbad De Waterkers", "Kersendreef 40", "9900", "Eeklo")
        case .heemhuis: ("Heemhuis De Krekelput", "Putweg 21", "9960", "Assenede")
        case .schouwburg: ("Schouwburg De Pluim", "Pluimplein 1", "9970", "Kaprijke")
        case .krekenpad: ("Krekenpad", "Krekendijk 55", "9980", "Sint-Laureins")
        case .pottenbakkerij: ("Pottenbakkerij De Kleiput", "Kleiweg 18", "9185", "Wachtebeke")
        case .buurthuis: ("Buurthuis Kanaalzicht", "Kanaalkaai 66", "9060", "Zelzate")
        case .boshuis: ("Boshuis De Bosuil", "Uilendreef 9", "9921", "Lievegem")
        case .park: ("Park De Wilgenknoop", "Knotwilgenlaan 5", "9900", "Eeklo")
        }
    }
}

/// The UUIDs of the demo season: the same in every demo world, so that they can be written down.
enum DemoID {
    enum Kind: UInt64 {
        case organizer = 1
        case place, event
    }

    static func make<Tag>(_ kind: Kind, _ number: Int) -> ID<Tag> {
        ID(high: 0xDE30_0000_0000_4000 + kind.rawValue, low: 0x8000_0000_0000_0000 + UInt64(number))
    }
}
