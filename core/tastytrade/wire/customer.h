#pragma once

#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// Data of POST /sessions/validate.
struct SessionUser {
    static constexpr std::string_view what = "session";
    std::string email, username, externalId, id;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("email", self.email);
        io("username", self.username);
        io("external-id", self.externalId);
        io.id("id", self.id);
    }
    friend bool operator==(const SessionUser&, const SessionUser&) = default;
};

struct Address {
    static constexpr std::string_view what = "address";
    std::string street, city, region, postalCode, country;
    bool isDomestic = true, isForeign = false;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.text("street-one", self.street);
        io.text("city", self.city);
        io.text("state-region", self.region);
        io.text("postal-code", self.postalCode);
        io.text("country", self.country);
        io("is-domestic", self.isDomestic);
        io("is-foreign", self.isForeign);
    }
    friend bool operator==(const Address&, const Address&) = default;
};

/// A kind of account the customer may open. Its keys are in snake case, unlike all others.
struct AccountType {
    static constexpr std::string_view what = "account type";
    struct MarginType {
        static constexpr std::string_view what = "margin type";
        std::string name;
        bool isMargin = false;

        template<class Io, class Self>
        static void describe(Io& io, Self& self)
        {
            io.text("name", self.name);
            io("is_margin", self.isMargin);
        }
        friend bool operator==(const MarginType&, const MarginType&) = default;
    };
    std::string name, description;
    bool isTaxAdvantaged = false, hasMultipleOwners = false, isPubliclyAvailable = true;
    std::vector<MarginType> marginTypes;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.text("name", self.name);
        io.text("description", self.description);
        io("is_tax_advantaged", self.isTaxAdvantaged);
        io("has_multiple_owners", self.hasMultipleOwners);
        io("is_publicly_available", self.isPubliclyAvailable);
        io("margin_types", self.marginTypes);
    }
    friend bool operator==(const AccountType&, const AccountType&) = default;
};

/// Data of GET /customers/me.
struct Customer {
    static constexpr std::string_view what = "customer";
    std::string id = "me"; ///< "me" for whoever asks
    std::string firstName, lastName, email, phone, birthDate;
    Address address, mailingAddress;
    std::string citizenship = "Citizen", taxNumberType = "SSN";
    bool isForeign = false, isProfessional = false, hasDelayedQuotes = false, hasPendingApplication = false;
    bool isSubjectToWithholding = false, hasIndustryAffiliation = false, hasListedAffiliation = false,
         hasPoliticalAffiliation = false;
    std::vector<AccountType> accountTypes;
    std::optional<base::Instant> createdAt;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.id("id", self.id);
        io.text("first-name", self.firstName);
        io.text("last-name", self.lastName);
        io.text("email", self.email);
        io.text("mobile-phone-number", self.phone);
        io.text("birth-date", self.birthDate);
        io("address", self.address);
        io("mailing-address", self.mailingAddress);
        io.text("usa-citizenship-type", self.citizenship);
        io.text("tax-number-type", self.taxNumberType);
        io("is-foreign", self.isForeign);
        io("is-professional", self.isProfessional);
        io("has-delayed-quotes", self.hasDelayedQuotes);
        io("has-pending-or-approved-application", self.hasPendingApplication);
        io("subject-to-tax-withholding", self.isSubjectToWithholding);
        io("has-industry-affiliation", self.hasIndustryAffiliation);
        io("has-listed-affiliation", self.hasListedAffiliation);
        io("has-political-affiliation", self.hasPoliticalAffiliation);
        io("permitted-account-types", self.accountTypes);
        io("created-at", self.createdAt);
    }
    friend bool operator==(const Customer&, const Customer&) = default;
};

/// Data of GET /accounts/{n}/trading-status: what the account may do.
struct TradingStatus {
    static constexpr std::string_view what = "trading status";
    std::string account, id;
    std::int64_t dayTradeCount = 0;
    std::string marginType = "Reg T"; ///< or "Cash Secured Margin", "Portfolio Margin"
    std::string feeSchedule = "default";
    std::string optionsLevel = "No Restrictions";
    base::Decimal futuresMarginMultiplier, smallFuturesMarginMultiplier;
    bool areShortCallsEnabled = true;
    bool isClosed = false, isClosingOnly = false, isFrozen = false, isInMarginCall = false, isRiskReducingOnly = false;
    bool isPatternDayTrader = false, isPortfolioMargin = false, isInDayTradeCall = false, hasIntradayMargin = false;
    bool isFullEquityMargin = false, isAggregatedAtClearing = false, areFarOptionsRestricted = false,
         isRollForwardEnabled = false;
    bool isFuturesEnabled = false, isFuturesClosingOnly = false, isFuturesIntradayEnabled = false,
         isSmallFuturesIntradayEnabled = false;
    bool isCryptoEnabled = false, isCryptoClosingOnly = false;
    bool isOfferingEnabled = false, isOfferingClosingOnly = false;
    std::optional<base::Instant> fraudSafeguardsAt, updatedAt;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.need("account-number", self.account);
        io.id("id", self.id);
        io("day-trade-count", self.dayTradeCount);
        io.text("equities-margin-calculation-type", self.marginType);
        io.text("fee-schedule-name", self.feeSchedule);
        io.text("options-level", self.optionsLevel);
        io("futures-margin-rate-multiplier", self.futuresMarginMultiplier);
        io("small-notional-futures-margin-rate-multiplier", self.smallFuturesMarginMultiplier);
        io("short-calls-enabled", self.areShortCallsEnabled);
        io("is-closed", self.isClosed);
        io("is-closing-only", self.isClosingOnly);
        io("is-frozen", self.isFrozen);
        io("is-in-margin-call", self.isInMarginCall);
        io("is-risk-reducing-only", self.isRiskReducingOnly);
        io("is-pattern-day-trader", self.isPatternDayTrader);
        io("is-portfolio-margin-enabled", self.isPortfolioMargin);
        io("is-in-day-trade-equity-maintenance-call", self.isInDayTradeCall);
        io("has-intraday-equities-margin", self.hasIntradayMargin);
        io("is-full-equity-margin-required", self.isFullEquityMargin);
        io("is-aggregated-at-clearing", self.isAggregatedAtClearing);
        io("are-far-otm-net-options-restricted", self.areFarOptionsRestricted);
        io("is-roll-the-day-forward-enabled", self.isRollForwardEnabled);
        io("is-futures-enabled", self.isFuturesEnabled);
        io("is-futures-closing-only", self.isFuturesClosingOnly);
        io("is-futures-intra-day-enabled", self.isFuturesIntradayEnabled);
        io("is-small-notional-futures-intra-day-enabled", self.isSmallFuturesIntradayEnabled);
        io("is-cryptocurrency-enabled", self.isCryptoEnabled);
        io("is-cryptocurrency-closing-only", self.isCryptoClosingOnly);
        io("is-equity-offering-enabled", self.isOfferingEnabled);
        io("is-equity-offering-closing-only", self.isOfferingClosingOnly);
        io("enhanced-fraud-safeguards-enabled-at", self.fraudSafeguardsAt);
        io("updated-at", self.updatedAt);
    }
    friend bool operator==(const TradingStatus&, const TradingStatus&) = default;
};

/// Data of GET /accounts/{n}/position-limit: the most of one order and of one position, in shares or contracts.
struct PositionLimit {
    static constexpr std::string_view what = "position limit";
    std::int64_t equityOrder = 50'000, optionOrder = 10'000, futureOrder = 2'500, futureOptionOrder = 2'500;
    std::int64_t openingOrders = 500; ///< that work at once in one underlying
    std::int64_t equityPosition = 500'000, optionPosition = 20'000, futurePosition = 5'000,
                 futureOptionPosition = 5'000;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("equity-order-size", self.equityOrder);
        io("equity-option-order-size", self.optionOrder);
        io("future-order-size", self.futureOrder);
        io("future-option-order-size", self.futureOptionOrder);
        io("underlying-opening-order-limit", self.openingOrders);
        io("equity-position-size", self.equityPosition);
        io("equity-option-position-size", self.optionPosition);
        io("future-position-size", self.futurePosition);
        io("future-option-position-size", self.futureOptionPosition);
    }
    friend bool operator==(const PositionLimit&, const PositionLimit&) = default;
};

} // namespace vegadesk::tastytrade::wire
