import ArgumentParser
import CardClient

/// The text of `ksb help`.
struct HelpText {
    private let columns: Int
    /// The help about methods.
    let methods: MethodHelp

    init(_ language: Language) {
        columns = Terminal.width ?? 100
        methods = MethodHelp(
            KnownMethods.all, refusals: KnownMethods.refusals, language: language, width: columns)
    }

    var overview: String {
        KSB.helpMessage(columns: columns) + Self.usage + "\nEXIT STATUS\n" + Self.exits + Self.files
            + "\nAREAS OF METHODS\n\(methods.areaList)"
            + "  `ksb help AREA` lists an area, `ksb help METHOD` explains a method.\n"
    }

    private static let usage = """


        A FIRST SESSION
          ksb login coordinator@example.org        asks for the password, keeps the session
          ksb counter                              lists your counters; `ksb counter NAME` chooses one
          ksb methods                              lists everything that can be called
          ksb help counter.create                  what a method takes, gives, and refuses
          ksb call counter.list --table            calls it

        PARAMETERS OF A CALL
          name=text        text, an integer, true or false, as the method declares it; name= clears
          list=a,b         a list; list=a list=b is the same
          outer.inner=x    a member of an object
          name=@FILE       the file's text, or its JSON where the parameter is no text
          name:=JSON       any JSON value; name:=@FILE takes it from a file
          --params JSON    all parameters at once; --params @FILE, --params - for standard input
          --key KEY        the idempotency key of a call that writes. A call whose answer was lost is repeated with
                           its key, and is carried out once.

        IN BULK
          ksb job run METHOD FILE.csv --preview    tries the method out for each row, and changes nothing
          ksb job run METHOD FILE.csv --param reason=lost --outcome OUT.csv
                                                   does it, shows how it goes, and writes what became of each row
          ksb job retry ID --follow                does those rows once more that were not done
          ksb import cards FILE.csv                brings in cards, many at once, and writes FILE.csv.refused.csv; so do
                                                   `ksb import holders FILE.csv` and `ksb import events FILE.json`

        AS A PILLAR
          ksb pillar set-up NAME CODE DEVICE       makes this machine the pillar, in a session of its own
          ksb pillar watch                         shows the event of the pillar, and each change as it comes
          ksb pillar check-in NUMBER               by the 13 digits on a card or the 14 hexadecimal ones of its chip

        FOLLOWING CHANGES
          ksb feed follow --card-system ID         prints each change of a card system as it comes

        """

    private static let exits = ProgramStatus.allCases.map { status in
        let code = String(status.rawValue)
        return "  \(String(repeating: " ", count: 2 - code.count))\(code)  \(status.text)\n"
    }.joined()

    private static let files = """

        FILES AND ENVIRONMENT
          $XDG_STATE_HOME/ksb/PROFILE.json, else ~/.local/state/ksb/PROFILE.json: a session that only its user can read.
          KSB_HOST, KSB_PORT, KSB_TLS, KSB_CA_FILE, KSB_PROFILE: as the options of these names, which win over them.
          KSB_PASSWORD: for `ksb login`, in place of asking.
          source <(ksb completions bash)           completes commands, methods and parameters; zsh and fish too

        """
}
