/// The meaning of a refusal. One kind per meaning, one spelling everywhere; each has a text for the end user in three
/// languages.
public enum RefusalKind: String, Sendable, CaseIterable {
    case cardSystemNotFound = "cardSystem.notFound"
    case municipalityNotFound = "municipality.notFound"
    case permissionGroupNotFound = "permissionGroup.notFound"
    case counterNotFound = "counter.notFound"
    case accountNotFound = "account.notFound"
    case memberNotFound = "counter.memberNotFound"
    case pillarNotFound = "pillar.notFound"
    case eventNotFound = "event.notFound"
    case organizerNotFound = "organizer.notFound"
    case passHolderNotFound = "passHolder.notFound"
    case cardNotFound = "card.notFound"
    case checkInNotFound = "checkIn.notFound"
    case jobNotFound = "job.notFound"
    case jobMethodNotBulk = "job.methodNotBulk"
    case jobWrongState = "job.wrongState"
    case jobUploadOutOfTurn = "job.uploadOutOfTurn"
    case jobColumnsInvalid = "job.columnsInvalid"
    case jobNothingToRetry = "job.nothingToRetry"
    case jobFileErased = "job.fileErased"
    case roleNotFound = "role.notFound"
    case documentInvalid = "event.documentInvalid"
    case permissionNotHeld = "permission.notHeld"
    case registrationOpportunityNotAllowed = "registration.opportunityNotAllowed"
    case registrationOtherMunicipality = "registration.otherMunicipality"
    case registrationForeignNotAllowed = "registration.foreignNotAllowed"
    case registrationInszRequired = "registration.inszRequired"
    case counterAlreadyActive = "counter.alreadyActive"
    case counterLastAdmin = "counter.lastAdmin"
    case counterMemberExists = "counter.memberExists"
    case counterKeyTaken = "counter.keyTaken"
    case counterNameTaken = "counter.nameTaken"
    case counterNotInCardSystem = "counter.notInCardSystem"
    case counterSecondPersonNeeded = "counter.secondPersonNeeded"
    case counterNoIBANProposed = "counter.noIbanProposed"
    case cardSystemNameTaken = "cardSystem.nameTaken"
    case municipalityTaken = "municipality.alreadyAdded"
    case postalCodeNotInCardSystem = "postalCode.notInCardSystem"
    case postalCodeRequired = "postalCode.required"
    case postalCodeUnknown = "postalCode.unknown"
    case permissionGroupNameTaken = "permissionGroup.nameTaken"
    case permissionGroupInUse = "permissionGroup.inUse"
    case cardBlocked = "card.blocked"
    case cardNotActive = "card.notActive"
    case cardNotInStock = "card.notInLocalStock"
    case cardNotAtCounter = "card.notAtCounter"
    case cardOtherCardSystem = "card.otherCardSystem"
    case cardGroupPass = "card.groupPass"
    case cardNumberTaken = "card.numberTaken"
    case cardChipTaken = "card.chipTaken"
    case cardStatusMismatch = "card.opportunityMismatch"
    case cardNotBlocked = "card.notBlocked"
    case cardWrongStatus = "card.wrongStatus"
    case stockBatchNotFound = "stockBatch.notFound"
    case passHolderBlocked = "passHolder.blocked"
    case passHolderNotBlocked = "passHolder.notBlocked"
    case inszTaken = "insz.alreadyUsed"
    case inszMismatch = "insz.mismatch"
    case consentMissing = "registration.consentMissing"
    case termsMissing = "registration.termsMissing"
    case optInImpossible = "registration.optInImpossible"
    case birthDateInFuture = "passHolder.birthDateInFuture"
    case inszKnown = "insz.alreadyKnown"
    case addressOutsideRegion = "address.outsideRegion"
    case cityNotOfPostalCode = "city.notOfPostalCode"
    case likelyDuplicate = "passHolder.likelyDuplicate"
    case pictureNotFound = "passHolder.pictureNotFound"
    case membershipNoneActive = "membership.noneActive"
    case eventNotPublished = "event.notPublished"
    case eventUnavailable = "event.unavailable"
    case eventNotImportable = "event.notImportable"
    case eventOrganizerFixed = "event.organizerFixed"
    case pillarEventNotAcceptable = "pillar.eventNotAcceptable"
    case pillarNoFixedEvent = "pillar.noFixedEvent"
    case pillarNoEvent = "pillar.noEvent"
    case pillarAlreadyConfigured = "pillar.alreadyConfigured"
    case pillarNameTaken = "pillar.nameTaken"
    case pillarSetUpRefused = "pillar.setUpRefused"
    case pillarDeviceInUse = "pillar.deviceInUse"
    case checkInOutsideOpening = "checkIn.outsideOpening"
    case checkInAlreadyCancelled = "checkIn.alreadyCancelled"
    case checkInNotCancelled = "checkIn.notCancelled"
    case checkInPointsUnchanged = "checkIn.pointsUnchanged"
    case eventNoFutureOpening = "event.noFutureOpening"
    case limitReached = "limit.reached"
    case pointsAlreadySpent = "points.alreadySpent"
    case accountEmailTaken = "account.emailTaken"
    case credentialsWrong = "account.credentialsWrong"
    case tokenInvalid = "token.invalid"
    case accountNotLocked = "account.notLocked"
    case roleAlreadyHeld = "role.alreadyHeld"
    case roleLastOperator = "role.lastOperator"
    case ledgerInsufficient = "ledger.insufficient"
    case holdEnded = "ledger.holdEnded"
    case transferAlreadyReversed = "ledger.alreadyReversed"
    case postalCodeTaken = "postalCode.alreadyAdded"
    case distributionKeyNotFound = "distributionKey.notFound"
    case distributionKeyNameTaken = "distributionKey.nameTaken"
    case distributionKeyTermInPast = "distributionKey.termInPast"
    case distributionKeyTermTaken = "distributionKey.termTaken"
    case distributionKeyNotApplicable = "distributionKey.notApplicable"
    case cardSystemNotOfOrganizer = "cardSystem.notOfOrganizer"
    case eventHasTicketSales = "event.hasTicketSales"
    case couponNotFound = "coupon.notFound"
    case couponEnded = "coupon.ended"
    case couponInUse = "coupon.inUse"
    case couponPayerNotAllowed = "coupon.payerNotAllowed"
    case couponTargetExists = "coupon.targetExists"
    case couponTargetNotFound = "coupon.targetNotFound"
    case clockBackwards = "clock.backwards"
    case clockReal = "clock.real"
    case groupPassNotFound = "groupPass.notFound"
    case groupPassDelegateNotFound = "groupPass.delegateNotFound"
    case groupPassDelegateExists = "groupPass.delegateExists"
    case groupPassAllowanceTooSmall = "groupPass.allowanceTooSmall"
    case endDateTooEarly = "endDate.tooEarly"
    case familyMemberNotFound = "family.memberNotFound"
    case familyMemberExists = "family.alreadyMember"
    case familyTooManyMembers = "family.tooManyMembers"
    case familyTooManyAdults = "family.tooManyAdults"
    case familyMainMemberFixed = "family.mainMemberFixed"
    case associationNotFound = "association.notFound"
    case associationMembershipNotFound = "association.membershipNotFound"
    case associationNameTaken = "association.nameTaken"
    case associationCardSystemMismatch = "association.cardSystemMismatch"
    case associationTooOld = "association.tooOld"
    case associationRenewNotPossible = "association.renewNotPossible"
    case schoolNotFound = "school.notFound"
    case counterSchoolInUse = "counter.schoolInUse"
    case cardReplaced = "card.replaced"
    case membershipNotFound = "membership.notFound"
    case membershipExists = "membership.exists"
    case membershipCardNeeded = "membership.cardNeeded"
    case priceUnknown = "price.unknown"
    case priceChanged = "price.changed"
    case priceRowOverlaps = "price.rowOverlaps"
    case passVoucherTypeNotFound = "passVoucherType.notFound"
    case passVoucherTypeNameTaken = "passVoucherType.nameTaken"
    case passVoucherTypePrefixTaken = "passVoucherType.prefixTaken"
    case passVoucherNotFound = "passVoucher.notFound"
    case passVoucherUnknown = "passVoucher.unknown"
    case passVoucherUsed = "passVoucher.used"
    case passVoucherVoid = "passVoucher.void"
    case passVoucherNotValidNow = "passVoucher.notValidNow"
    case passVoucherOtherCardSystem = "passVoucher.otherCardSystem"
    case passVoucherOtherMunicipality = "passVoucher.otherMunicipality"
    case passVoucherNotApplicable = "passVoucher.notApplicable"
    case opportunityNone = "opportunityStatus.none"
    case opportunityDatePassed = "opportunityStatus.datePassed"
    case opportunityEndsLater = "opportunityStatus.endsLater"
    case opportunityEndsEarlier = "opportunityStatus.endsEarlier"
    case opportunityNotSuspended = "opportunityStatus.notSuspended"
    case mergeNotFound = "merge.notFound"
    case mergeSamePerson = "merge.samePerson"
    case mergeInszDiffer = "merge.inszDiffer"
    case mergeAlreadyUndone = "merge.alreadyUndone"
    case mergeChangedSince = "merge.changedSince"
    case pointsHeld = "points.held"
    case registrationOnlineNotAllowed = "registration.onlineNotAllowed"
    case registrationUnderage = "registration.underage"
    case emailAlreadyUsed = "email.alreadyUsed"
    case identityInvalid = "identity.invalid"
    case identityInszRequired = "identity.inszRequired"
    case orderNotFound = "order.notFound"
    case orderNotPending = "order.notPending"
    case orderPaymentNotSetUp = "order.paymentNotSetUp"
    case orderPersonTwice = "order.personTwice"
    case paymentTooSmall = "payment.tooSmall"
    case paymentTooLarge = "payment.tooLarge"
    case paymentInFuture = "payment.inFuture"
    case passHolderAlreadyRegistered = "passHolder.alreadyRegistered"
    case passHolderNoLogin = "passHolder.noLogin"
    case birthDateProofWrong = "passHolder.proofWrong"
    case checkInCodeInvalid = "checkInCode.invalid"
    case checkInCodeExpired = "checkInCode.expired"
    case accountAlreadyLinked = "account.alreadyLinked"
    case advantageNotFound = "advantage.notFound"
    case advantageNotActive = "advantage.notActive"
    case advantageNotAtCounter = "advantage.notAtCounter"
    case advantageNotOnline = "advantage.notOnline"
    case advantageOutsideExchangePeriod = "advantage.outsideExchangePeriod"
    case advantageSoldOut = "advantage.soldOut"
    case advantageCodesUsedUp = "advantage.codesUsedUp"
    case advantageAlreadyTaken = "advantage.alreadyTaken"
    case advantageNotGranted = "advantage.notGranted"
    case advantageOtherCardSystem = "advantage.otherCardSystem"
    case advantageResidentsOnly = "advantage.residentsOnly"
    case advantageFrozen = "advantage.frozen"
    case advantageUnitsBelowTaken = "advantage.unitsBelowTaken"
    case advantageCodeNotFound = "advantageCode.notFound"
    case advantageCodeNotFree = "advantageCode.notFree"
    case pointsInsufficient = "points.insufficient"
    case redemptionNotFound = "redemption.notFound"
    case redemptionAlreadyCancelled = "redemption.alreadyCancelled"
    case redemptionNotCancelled = "redemption.notCancelled"
    case eventFree = "event.free"
    case opportunityExpired = "opportunityStatus.expired"
    case opportunitySuspended = "opportunityStatus.suspended"
    case tariffNotAvailable = "tariff.notAvailable"
    case priceClassUnknown = "event.priceClassUnknown"
    case ticketSaleNotFound = "ticketSale.notFound"
    case ticketSaleSeveralFit = "ticketSale.severalFit"
    case ticketSaleNotReserved = "ticketSale.notReserved"
    case ticketSaleLapsed = "ticketSale.lapsed"
    case ticketSaleReasonNeeded = "ticketSale.reasonNeeded"
    case ticketSalePeriodClosed = "ticketSale.periodClosed"
    case ticketSaleNotCancelled = "ticketSale.notCancelled"
    case ticketSaleTooManyTickets = "ticketSale.tooManyTickets"
    case ticketSalePriceChanged = "ticketSale.priceChanged"
    case ticketSaleKeyNotFitting = "ticketSale.keyNotFitting"
    case ticketSaleSharesUnchanged = "ticketSale.sharesUnchanged"
    case ticketSaleNotCorrected = "ticketSale.notCorrected"
    case couponNotGranted = "coupon.notGranted"
    case couponNotValidNow = "coupon.notValidNow"
    case couponSpent = "coupon.spent"
}

extension RefusalKind {
    /// What a refusal is about. The first of its reasons in this order gives the refusal its kind.
    public enum Rank: Int, Sendable, Comparable {
        case notFound, permission, card, holder, membership, status, time, limit, stock, balance
        public static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    public var rank: Rank {
        switch self {
        case .cardSystemNotFound, .municipalityNotFound, .permissionGroupNotFound, .counterNotFound, .accountNotFound,
            .memberNotFound, .pillarNotFound, .eventNotFound, .organizerNotFound, .passHolderNotFound, .cardNotFound,
            .checkInNotFound, .jobNotFound, .roleNotFound, .documentInvalid, .stockBatchNotFound, .pictureNotFound,
            .distributionKeyNotFound, .couponNotFound, .couponTargetNotFound, .groupPassNotFound,
            .groupPassDelegateNotFound, .familyMemberNotFound,
            .associationNotFound, .associationMembershipNotFound, .schoolNotFound, .membershipNotFound,
            .passVoucherTypeNotFound, .passVoucherNotFound, .passVoucherUnknown, .mergeNotFound, .orderNotFound,
            .checkInCodeInvalid, .ticketSaleNotFound, .priceClassUnknown,
            .advantageNotFound, .advantageCodeNotFound, .redemptionNotFound:
            .notFound
        case .permissionNotHeld, .registrationOpportunityNotAllowed, .registrationOtherMunicipality,
            .registrationForeignNotAllowed, .registrationInszRequired, .counterLastAdmin, .counterNotInCardSystem,
            .counterSecondPersonNeeded, .eventNotImportable, .credentialsWrong, .roleLastOperator, .clockReal,
            .registrationOnlineNotAllowed, .registrationUnderage, .identityInvalid, .identityInszRequired,
            .birthDateProofWrong,
            .advantageNotAtCounter, .couponPayerNotAllowed:
            .permission
        case .cardBlocked, .cardNotActive, .cardNotInStock, .cardNotAtCounter, .cardOtherCardSystem, .cardGroupPass,
            .cardNumberTaken, .cardChipTaken, .cardStatusMismatch, .cardNotBlocked, .cardWrongStatus, .cardReplaced,
            .membershipCardNeeded:
            .card
        case .postalCodeNotInCardSystem, .postalCodeRequired, .postalCodeUnknown, .passHolderBlocked,
            .passHolderNotBlocked, .inszTaken, .inszMismatch, .consentMissing, .termsMissing, .optInImpossible,
            .birthDateInFuture, .inszKnown, .addressOutsideRegion, .cityNotOfPostalCode, .likelyDuplicate,
            .associationTooOld, .mergeSamePerson, .mergeInszDiffer, .emailAlreadyUsed, .orderPersonTwice,
            .passHolderAlreadyRegistered, .passHolderNoLogin, .accountAlreadyLinked,
            .advantageResidentsOnly:
            .holder
        case .membershipNoneActive, .associationCardSystemMismatch, .membershipExists,
            .advantageOtherCardSystem, .advantageNotGranted:
            .membership
        case .jobMethodNotBulk, .jobWrongState, .jobUploadOutOfTurn, .jobColumnsInvalid, .jobNothingToRetry,
            .counterAlreadyActive, .counterMemberExists, .counterKeyTaken, .counterNameTaken, .counterNoIBANProposed,
            .cardSystemNameTaken, .municipalityTaken, .permissionGroupNameTaken, .permissionGroupInUse,
            .eventNotPublished, .eventUnavailable, .eventOrganizerFixed, .pillarEventNotAcceptable,
            .pillarNoFixedEvent, .pillarAlreadyConfigured, .pillarNameTaken, .pillarSetUpRefused, .pillarDeviceInUse,
            .checkInAlreadyCancelled, .checkInNotCancelled, .checkInPointsUnchanged, .accountEmailTaken, .tokenInvalid,
            .accountNotLocked, .roleAlreadyHeld, .postalCodeTaken, .distributionKeyNameTaken,
            .distributionKeyTermInPast, .distributionKeyTermTaken, .distributionKeyNotApplicable,
            .cardSystemNotOfOrganizer, .eventHasTicketSales, .groupPassDelegateExists, .endDateTooEarly,
            .couponEnded, .couponInUse, .couponTargetExists,
            .familyMemberExists, .familyTooManyMembers, .familyTooManyAdults, .familyMainMemberFixed,
            .associationNameTaken, .counterSchoolInUse, .opportunityNone, .opportunityDatePassed,
            .opportunityEndsLater, .opportunityEndsEarlier, .opportunityNotSuspended, .mergeAlreadyUndone,
            .mergeChangedSince, .orderNotPending, .orderPaymentNotSetUp, .paymentTooSmall, .paymentTooLarge,
            .advantageNotActive, .advantageNotOnline, .advantageFrozen, .advantageCodeNotFree,
            .redemptionAlreadyCancelled, .redemptionNotCancelled,
            .eventFree, .opportunityExpired, .opportunitySuspended, .tariffNotAvailable, .ticketSaleSeveralFit,
            .ticketSaleNotReserved, .ticketSaleReasonNeeded, .ticketSaleNotCancelled, .ticketSalePriceChanged,
            .ticketSaleKeyNotFitting, .ticketSaleSharesUnchanged, .ticketSaleNotCorrected, .couponNotGranted:
            .status
        case .jobFileErased, .pillarNoEvent, .checkInOutsideOpening, .eventNoFutureOpening, .clockBackwards,
            .associationRenewNotPossible, .paymentInFuture, .checkInCodeExpired, .advantageOutsideExchangePeriod,
            .ticketSaleLapsed, .ticketSalePeriodClosed, .couponNotValidNow:
            .time
        case .limitReached, .ticketSaleTooManyTickets,
            .advantageAlreadyTaken:
            .limit
        case .advantageSoldOut, .advantageCodesUsedUp, .advantageUnitsBelowTaken:
            .stock
        case .pointsAlreadySpent, .ledgerInsufficient, .holdEnded, .transferAlreadyReversed,
            .groupPassAllowanceTooSmall, .priceUnknown, .priceChanged, .priceRowOverlaps, .passVoucherTypeNameTaken,
            .passVoucherTypePrefixTaken, .passVoucherUsed, .passVoucherVoid, .passVoucherNotValidNow,
            .passVoucherOtherCardSystem, .passVoucherOtherMunicipality, .passVoucherNotApplicable, .pointsHeld,
            .pointsInsufficient, .couponSpent:
            .balance
        }
    }
}
