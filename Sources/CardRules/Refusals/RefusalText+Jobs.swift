extension RefusalText {
    /// Jobs and their files.
    static let jobs: [RefusalKind: Translated] = [
        .jobNotFound: Translated(
            nl: "Deze taak bestaat niet.",
            en: "There is no such job.",
            fr: "Cette tâche n'existe pas."),
        .jobMethodNotBulk: Translated(
            nl: "Dit kan niet in bulk.",
            en: "This cannot be done in bulk.",
            fr: "Ceci ne peut pas se faire par lot."),
        .jobWrongState: Translated(
            nl: "Dit kan nu niet met deze taak.",
            en: "This cannot be done with the job as it stands.",
            fr: "Ceci n'est pas possible dans l'état actuel de la tâche."),
        .jobUploadOutOfTurn: Translated(
            nl: "Dit stuk van het bestand is niet het volgende.",
            en: "This part of the file is not the next one.",
            fr: "Cette partie du fichier n'est pas la suivante."),
        .jobColumnsInvalid: Translated(
            nl: "De kolommen van het bestand kloppen niet.",
            en: "The columns of the file are not right.",
            fr: "Les colonnes du fichier ne sont pas correctes."),
        .jobNothingToRetry: Translated(
            nl: "Er zijn geen rijen om opnieuw te proberen.",
            en: "There are no rows to try again.",
            fr: "Il n'y a aucune ligne à réessayer."),
        .jobFileErased: Translated(
            nl: "Het bestand van deze taak is gewist.",
            en: "The file of this job was erased.",
            fr: "Le fichier de cette tâche a été effacé."),
    ]
}
