extension LimitUse {
    /// `3 per week`.
    var volumeText: Translated {
        let period = period.text
        return Translated(
            nl: "\(volume) \(period.nl)", en: "\(volume) \(period.en)", fr: "\(volume) \(period.fr)")
    }

    /// When there is some again, as a sentence; empty if never.
    func againText(at instant: Instant) -> Translated {
        guard isReached, let free = nextPossible(at: instant) else { return Translated(nl: "", en: "", fr: "") }
        let day = Brussels.date(free).text
        return Translated(nl: " Opnieuw vanaf \(day).", en: " Again from \(day).", fr: " À nouveau dès le \(day).")
    }
}

extension PeriodLimit.Period {
    /// `per week`; `in all` for ever.
    var text: Translated {
        switch self {
        case .day: Translated(nl: "per dag", en: "per day", fr: "par jour")
        case .week: Translated(nl: "per week", en: "per week", fr: "par semaine")
        case .month: Translated(nl: "per maand", en: "per month", fr: "par mois")
        case .quarter: Translated(nl: "per kwartaal", en: "per quarter", fr: "par trimestre")
        case .year: Translated(nl: "per jaar", en: "per year", fr: "par an")
        case .absolute: Translated(nl: "in totaal", en: "in all", fr: "au total")
        }
    }
}
