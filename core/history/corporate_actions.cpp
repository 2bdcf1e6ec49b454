#include "history/corporate_events.h"

#include <fmt/format.h>

/// What splits and payments make of a contract.

namespace vegadesk::history
{

std::string_view toText(CorporateActionKind kind)
{
    using enum CorporateActionKind;
    switch (kind) {
    case Split:
        return "split";
    case SpecialDividend:
        return "special dividend";
    case SpinOff:
        return "spin-off";
    case Merger:
        return "merger";
    case SymbolChange:
        return "symbol change";
    case Delisting:
        return "delisting";
    }
    return {};
}

std::optional<Deliverable> adjusted(const Deliverable& before, const CorporateAction& action)
{
    Deliverable after = before;
    switch (action.kind) {
    case CorporateActionKind::Split:
        if (action.oldShares == 1) {
            after.contractFactor *= action.newShares;
            after.strikeFactor /= action.newShares;
        } else {
            after.shares =
                (before.shares * action.newShares).part(action.oldShares).flooredTo(0); // fractions are paid in cash
        }
        return after;
    case CorporateActionKind::SpecialDividend:
        after.cash += action.cash * before.shares;
        return after;
    case CorporateActionKind::Merger:
        if (!(action.cash > base::Decimal{}))
            return std::nullopt;
        after.cash += action.cash * before.shares;
        after.shares = 0;
        return after;
    case CorporateActionKind::SpinOff:
    case CorporateActionKind::SymbolChange:
    case CorporateActionKind::Delisting:
        return std::nullopt;
    }
    return std::nullopt;
}

std::string describe(const CorporateAction& action)
{
    std::string text(toText(action.kind));
    if (action.kind == CorporateActionKind::Split)
        text = fmt::format("{}-for-{} split", action.newShares, action.oldShares);
    const auto after = adjusted({}, action);
    if (!after)
        return text + ": only the exchange's memo says what a contract becomes";
    if (after->contractFactor > 1)
        return fmt::format("{}: each contract becomes {:g} of {} shares at 1/{:g} of its strike", text,
                           after->contractFactor, after->shares.toString(), after->contractFactor);
    return fmt::format("{}: each contract delivers {} shares and {} dollars at its old strike", text,
                       after->shares.toString(), after->cash.toFixed(2));
}

} // namespace vegadesk::history
