import JSONRPC

/// What is on in the demo season.
extension DemoDocuments {
    var alwaysThere: [JSON] {
        [
            event(
                1,
                [
                    "nl": "Spelpad door het park", "fr": "Sentier ludique dans le parc", "en": "Games path in the park",
                    "de": "Spielpfad im Park",
                ], .wilgenknoop, at: .park, always("daily 00:00-23:59")),
            event(
                2, ["nl": "Een boek lenen in De Leeslamp", "en": "Borrow a book at De Leeslamp"], .leeslamp,
                always(
                    "monday tuesday wednesday thursday friday 09:00-12:30",
                    "monday tuesday wednesday thursday friday 13:30-19:00", "saturday sunday 09:30-12:30",
                    closed: [10...11])),
            event(
                3, ["nl": "Zwemmen in De Waterkers", "fr": "Nager à De Waterkers", "en": "Swimming at De Waterkers"],
                .waterkers, always("daily 07:00-21:30", adjusted: [(20...21, "daily 10:00-16:00")]), euros: 4),
            event(
                4, ["nl": "Jeugdhuis open"], .uilenzolder,
                always("wednesday 14:00-18:00", "friday saturday 20:00-02:00", closed: [5...5])),
            event(
                5, ["nl": "Koffie en babbel in Kanaalzicht", "fr": "Café et causette à Kanaalzicht"], .kanaalzicht,
                always("monday tuesday wednesday thursday friday 09:00-17:00", adjusted: [(7...8, "daily 13:00-17:00")])
            ),
            event(
                6, ["nl": "Streekmuseum De Krekelput"], .krekelput,
                always("thursday friday saturday sunday 14:00-17:30"),
                euros: 3),
            event(7, ["nl": "Fit-o-meter in het bos"], .bosuil, always("daily 06:00-22:00")),
        ]
    }

    var everyWeek: [JSON] {
        [
            event(
                8, ["nl": "Kleiatelier voor kinderen"], .kleiput, between(-14, 70, "wednesday 14:00-16:00"), euros: 6),
            event(
                9, ["nl": "Zitdansen voor senioren"], .keldertrap,
                between(-21, 60, "tuesday 14:00-15:30", closed: [7...13]),
                euros: 2),
            event(
                10, ["nl": "Start to run", "en": "Start to run"], .snelleVaart,
                between(-7, 63, "monday thursday 19:00-20:00", "sunday 10:00-11:00"), euros: 1),
            event(
                11, ["nl": "Tentoonstelling: Licht op de polder", "fr": "Exposition: Lumière sur le polder"],
                .wilgenknoop, between(-20, 5)),
            event(
                12, ["nl": "Zomerbar aan de vaart"], .kanaalzicht,
                between(-3, 45, "thursday friday saturday sunday 18:00-01:00", closed: [12...14])),
            event(
                13, ["nl": "Praattafel Nederlands", "fr": "Table de conversation", "en": "Practise your Dutch"],
                .leeslamp,
                between(-28, 90, "monday 10:00-12:00", "wednesday 19:00-21:00", closed: [14...20])),
            event(
                14, ["nl": "Skaten in de sporthal"], .snelleVaart,
                between(-10, 50, "daily 13:00-18:00", adjusted: [(3...4, "daily 10:00-22:00")]), euros: 2),
            event(
                15, ["nl": "Filmclub voor kinderen"], .wilgenknoop, between(-7, 35, "sunday 10:30-12:00"), euros: 5,
                soldOut: true),
            event(16, ["nl": "Bordspelavond"], .kanaalzicht, between(-14, 56, "friday 19:30-23:30")),
            event(
                17, ["nl": "Yoga onder de eik"], .bosuil, between(0, 42, "saturday 09:30-10:30"), euros: 8,
                status: "TemporarilyUnavailable"),
            event(
                18, ["nl": "Circusschool"], .uilenzolder, at: .sporthal, between(-14, 49, "wednesday 13:30-15:30"),
                euros: 4),
        ]
    }

    var onSeveralDays: [JSON] {
        [
            event(
                19, ["nl": "De laatste tram, toneel in vier bedrijven"], .pluim,
                on([1, 2, 8, 9, 15], "20:00", "22:30", cancelled: [8]), euros: 12),
            event(20, ["nl": "Strips tekenen op zondag"], .keldertrap, on([3, 10, 17], "14:00", "16:30"), euros: 7),
            event(
                21, ["nl": "Polderklank, festival voor stoere stemmen", "en": "Polderklank, festival of voices"],
                .wilgenknoop, at: .krekenpad, on([22, 23], "12:00", "02:00"), euros: 18),
            event(22, ["nl": "Vleermuizen kijken"], .bosuil, on([0, 4, 11], "21:30", "23:59"), euros: 2),
            event(23, ["nl": "Koor zoekt kelen: open repetitie"], .pluim, on([2, 9, 16, 23], "19:30", "21:30")),
            event(
                24, ["nl": "Leren zwemmen voor volwassenen", "fr": "Apprendre à nager"], .waterkers,
                on([0, 2, 4, 7, 9, 11], "18:00", "19:00"), euros: 5),
            event(25, ["nl": "Varen naar de kreken"], .kreken, on([1, 8, 15, 22], "14:00", "17:00"), euros: 10),
            event(26, ["nl": "Samen fietsen herstellen"], .kanaalzicht, on([5, 12, 19], "09:30", "12:00")),
        ]
    }

    var once: [JSON] {
        [
            event(27, ["nl": "Voorlezen met warme melk"], .leeslamp, once(0, "15:00", "16:00")),
            event(28, ["nl": "Verhalen bij het haardvuur"], .keldertrap, once(0, "20:00", "22:00"), euros: 3),
            event(29, ["nl": "Nachtwandeling met lantaarns"], .bosuil, once(1, "22:00", "01:30"), euros: 2),
            event(30, ["nl": "Kamishibai voor kleuters"], .leeslamp, once(2, "10:30", "11:15")),
            event(31, ["nl": "Fuif: De uil is wakker"], .uilenzolder, once(3, "21:00", "03:00"), euros: 5),
            event(32, ["nl": "Lezing over de watersnood"], .krekelput, once(4, "19:30", "21:30"), euros: 4),
            event(
                33, ["nl": "Quiz van de sportclub"], .snelleVaart, once(5, "20:00", "23:00"), euros: 6, soldOut: true),
            event(34, ["nl": "Rommelmarkt op de kaai"], .kanaalzicht, once(6, "08:00", "14:00")),
            event(
                35, ["nl": "Openluchtfilm", "fr": "Cinéma en plein air"], .wilgenknoop, at: .park,
                once(8, "21:30", "23:45"), status: "Unavailable"),
            event(36, ["nl": "Pottenbakken met Meester Klei"], .kleiput, once(9, "13:00", "17:00"), euros: 15),
            event(37, ["nl": "Paddenstoelen zoeken"], .bosuil, once(13, "09:00", "12:00"), euros: 2),
            event(38, ["nl": "Poppentheater: De beer en de brug"], .pluim, once(16, "15:00", "16:00"), euros: 5),
            event(39, ["nl": "Wandeltocht langs zeven kreken"], .kreken, once(20, "07:00", "17:00"), euros: 2),
            event(40, ["nl": "Oogstfeest in het buurthuis"], .kanaalzicht, once(27, "16:00", "23:00")),
        ]
    }
}
