#include "ui/models/parameter_words.h"

#include "ui/models/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace vegadesk::ui
{

namespace
{

struct Word {
    std::string_view name;
    const char* word;
};

/// By name, ascending; what is not among them (a rules file's own) is read from its name.
constexpr std::array titles{
    Word{"borrow_rate", QT_TRANSLATE_NOOP("Parameters", "Rate for borrowed shares")},
    Word{"breach", QT_TRANSLATE_NOOP("Parameters", "Leave beyond the limits by")},
    Word{"buy_below", QT_TRANSLATE_NOOP("Parameters", "Buy up to IV rank")},
    Word{"call_strike", QT_TRANSLATE_NOOP("Parameters", "Strikes of the calls")},
    Word{"capital", QT_TRANSLATE_NOOP("Parameters", "Capital")},
    Word{"close_delta", QT_TRANSLATE_NOOP("Parameters", "Close a side at delta")},
    Word{"data", QT_TRANSLATE_NOOP("Parameters", "Data")},
    Word{"data_hash", QT_TRANSLATE_NOOP("Parameters", "Digest of the data")},
    Word{"day_loss_limit", QT_TRANSLATE_NOOP("Parameters", "Most loss on a usual day")},
    Word{"days_to_expiry", QT_TRANSLATE_NOOP("Parameters", "Days to expiry")},
    Word{"days_tolerance", QT_TRANSLATE_NOOP("Parameters", "Tolerance of the expiry")},
    Word{"delta_band", QT_TRANSLATE_NOOP("Parameters", "Fixed delta band")},
    Word{"delta_tolerance", QT_TRANSLATE_NOOP("Parameters", "Most delta at entry")},
    Word{"direction", QT_TRANSLATE_NOOP("Parameters", "Direction")},
    Word{"earnings", QT_TRANSLATE_NOOP("Parameters", "Company reports")},
    Word{"edge", QT_TRANSLATE_NOOP("Parameters", "Edge at entry")},
    Word{"entry", QT_TRANSLATE_NOOP("Parameters", "Entry")},
    Word{"ewma_decay", QT_TRANSLATE_NOOP("Parameters", "EWMA decay")},
    Word{"ex_dividend", QT_TRANSLATE_NOOP("Parameters", "Before an ex-date")},
    Word{"exit_days", QT_TRANSLATE_NOOP("Parameters", "Leave at days to expiry")},
    Word{"exit_delta", QT_TRANSLATE_NOOP("Parameters", "Leave at delta")},
    Word{"exit_edge", QT_TRANSLATE_NOOP("Parameters", "Leave below edge")},
    Word{"exit_percentile", QT_TRANSLATE_NOOP("Parameters", "Leave at percentile")},
    Word{"far_days", QT_TRANSLATE_NOOP("Parameters", "Days to the far expiry")},
    Word{"fast_days", QT_TRANSLATE_NOOP("Parameters", "Fast average")},
    Word{"fewest_names", QT_TRANSLATE_NOOP("Parameters", "Fewest names")},
    Word{"first", QT_TRANSLATE_NOOP("Parameters", "First day")},
    Word{"forecast", QT_TRANSLATE_NOOP("Parameters", "Volatility forecast")},
    Word{"gamma_limit", QT_TRANSLATE_NOOP("Parameters", "Most gamma")},
    Word{"har_days", QT_TRANSLATE_NOOP("Parameters", "History of the HAR forecast")},
    Word{"hedge", QT_TRANSLATE_NOOP("Parameters", "Hedged by")},
    Word{"hedge_cost", QT_TRANSLATE_NOOP("Parameters", "Cost of a hedge")},
    Word{"hedge_delta", QT_TRANSLATE_NOOP("Parameters", "Delta hedged")},
    Word{"hedge_hours", QT_TRANSLATE_NOOP("Parameters", "Time between hedges")},
    Word{"hedge_lot", QT_TRANSLATE_NOOP("Parameters", "Multiples of shares")},
    Word{"instrument", QT_TRANSLATE_NOOP("Parameters", "Instrument")},
    Word{"interest_rate", QT_TRANSLATE_NOOP("Parameters", "Interest rate")},
    Word{"kind", QT_TRANSLATE_NOOP("Parameters", "Kind")},
    Word{"last", QT_TRANSLATE_NOOP("Parameters", "Last day")},
    Word{"latency", QT_TRANSLATE_NOOP("Parameters", "Latency")},
    Word{"leg_minutes", QT_TRANSLATE_NOOP("Parameters", "Time for a missing leg")},
    Word{"loss_limit", QT_TRANSLATE_NOOP("Parameters", "Loss limit")},
    Word{"loss_multiple", QT_TRANSLATE_NOOP("Parameters", "Loss multiple")},
    Word{"margin_call", QT_TRANSLATE_NOOP("Parameters", "Margin call")},
    Word{"max_contracts", QT_TRANSLATE_NOOP("Parameters", "Most at once")},
    Word{"max_debit", QT_TRANSLATE_NOOP("Parameters", "Highest debit")},
    Word{"max_iv_rank", QT_TRANSLATE_NOOP("Parameters", "Highest IV rank")},
    Word{"max_spread", QT_TRANSLATE_NOOP("Parameters", "Widest spread")},
    Word{"min_credit", QT_TRANSLATE_NOOP("Parameters", "Least credit")},
    Word{"min_front_excess", QT_TRANSLATE_NOOP("Parameters", "Least excess of the near IV")},
    Word{"min_iv_rank", QT_TRANSLATE_NOOP("Parameters", "Lowest IV rank")},
    Word{"min_open_interest", QT_TRANSLATE_NOOP("Parameters", "Least open interest")},
    Word{"min_trend", QT_TRANSLATE_NOOP("Parameters", "Least trend")},
    Word{"move_days", QT_TRANSLATE_NOOP("Parameters", "Days of the average move")},
    Word{"names", QT_TRANSLATE_NOOP("Parameters", "Most names")},
    Word{"neutral", QT_TRANSLATE_NOOP("Parameters", "Neutral by")},
    Word{"percentile", QT_TRANSLATE_NOOP("Parameters", "Percentile at entry")},
    Word{"pin_days", QT_TRANSLATE_NOOP("Parameters", "Pin risk within days")},
    Word{"price_room", QT_TRANSLATE_NOOP("Parameters", "Room beyond the natural price")},
    Word{"profit_target", QT_TRANSLATE_NOOP("Parameters", "Profit target")},
    Word{"quiet_minutes", QT_TRANSLATE_NOOP("Parameters", "No hedge before the close")},
    Word{"range_days", QT_TRANSLATE_NOOP("Parameters", "Range")},
    Word{"realism_seed", QT_TRANSLATE_NOOP("Parameters", "Seed of the assignments")},
    Word{"residual", QT_TRANSLATE_NOOP("Parameters", "Residual delta")},
    Word{"right", QT_TRANSLATE_NOOP("Parameters", "Options")},
    Word{"risk_aversion", QT_TRANSLATE_NOOP("Parameters", "Risk aversion")},
    Word{"risk_free_rate", QT_TRANSLATE_NOOP("Parameters", "Risk-free rate")},
    Word{"roll", QT_TRANSLATE_NOOP("Parameters", "Rolling")},
    Word{"roll_delta", QT_TRANSLATE_NOOP("Parameters", "Roll at delta")},
    Word{"rules_content", QT_TRANSLATE_NOOP("Parameters", "Digest of the rules")},
    Word{"seed", QT_TRANSLATE_NOOP("Parameters", "Seed")},
    Word{"sell_above", QT_TRANSLATE_NOOP("Parameters", "Sell from IV rank")},
    Word{"share_stop", QT_TRANSLATE_NOOP("Parameters", "Stop of the shares")},
    Word{"short_delta", QT_TRANSLATE_NOOP("Parameters", "Short delta")},
    Word{"side", QT_TRANSLATE_NOOP("Parameters", "Side")},
    Word{"signal", QT_TRANSLATE_NOOP("Parameters", "Signal")},
    Word{"signal_least", QT_TRANSLATE_NOOP("Parameters", "Signal at least")},
    Word{"signal_most", QT_TRANSLATE_NOOP("Parameters", "Signal at most")},
    Word{"slippage", QT_TRANSLATE_NOOP("Parameters", "Slippage")},
    Word{"slow_days", QT_TRANSLATE_NOOP("Parameters", "Slow average")},
    Word{"spread", QT_TRANSLATE_NOOP("Parameters", "Spread paid")},
    Word{"stop_moves", QT_TRANSLATE_NOOP("Parameters", "Stop")},
    Word{"strategy", QT_TRANSLATE_NOOP("Parameters", "Strategy")},
    Word{"target", QT_TRANSLATE_NOOP("Parameters", "Greek held")},
    Word{"tolerance", QT_TRANSLATE_NOOP("Parameters", "Tolerance")},
    Word{"trend", QT_TRANSLATE_NOOP("Parameters", "Trend")},
    Word{"underlying", QT_TRANSLATE_NOOP("Parameters", "Underlying")},
    Word{"vega_drift", QT_TRANSLATE_NOOP("Parameters", "Vega drift")},
    Word{"vega_limit", QT_TRANSLATE_NOOP("Parameters", "Most vega")},
    Word{"volatility_target", QT_TRANSLATE_NOOP("Parameters", "Volatility target")},
    Word{"ways", QT_TRANSLATE_NOOP("Parameters", "Trends followed")},
    Word{"weighting", QT_TRANSLATE_NOOP("Parameters", "Weighting")},
    Word{"wing_delta", QT_TRANSLATE_NOOP("Parameters", "Wing delta")},
    Word{"wing_width", QT_TRANSLATE_NOOP("Parameters", "Wing width")},
    Word{"wings", QT_TRANSLATE_NOOP("Parameters", "Wings by")},
};

/// Likewise.
constexpr std::array choices{
    Word{"above_cost", QT_TRANSLATE_NOOP("ParameterChoices", "above cost")},
    Word{"allow", QT_TRANSLATE_NOOP("ParameterChoices", "allow")},
    Word{"always", QT_TRANSLATE_NOOP("ParameterChoices", "always")},
    Word{"any", QT_TRANSLATE_NOOP("ParameterChoices", "any")},
    Word{"averages", QT_TRANSLATE_NOOP("ParameterChoices", "averages")},
    Word{"avoid", QT_TRANSLATE_NOOP("ParameterChoices", "avoid")},
    Word{"bear", QT_TRANSLATE_NOOP("ParameterChoices", "down")},
    Word{"book", QT_TRANSLATE_NOOP("ParameterChoices", "whole book")},
    Word{"both", QT_TRANSLATE_NOOP("ParameterChoices", "both")},
    Word{"bull", QT_TRANSLATE_NOOP("ParameterChoices", "up")},
    Word{"call", QT_TRANSLATE_NOOP("ParameterChoices", "calls")},
    Word{"close", QT_TRANSLATE_NOOP("ParameterChoices", "close")},
    Word{"credit", QT_TRANSLATE_NOOP("ParameterChoices", "credit")},
    Word{"debit", QT_TRANSLATE_NOOP("ParameterChoices", "debit")},
    Word{"delta", QT_TRANSLATE_NOOP("ParameterChoices", "delta")},
    Word{"edge", QT_TRANSLATE_NOOP("ParameterChoices", "with an edge")},
    Word{"either", QT_TRANSLATE_NOOP("ParameterChoices", "either")},
    Word{"ewma", QT_TRANSLATE_NOOP("ParameterChoices", "weighted moves (EWMA)")},
    Word{"fixed_band", QT_TRANSLATE_NOOP("ParameterChoices", "fixed band")},
    Word{"fixed_time", QT_TRANSLATE_NOOP("ParameterChoices", "the clock")},
    Word{"forecast", QT_TRANSLATE_NOOP("ParameterChoices", "forecast volatility")},
    Word{"har", QT_TRANSLATE_NOOP("ParameterChoices", "regression (HAR)")},
    Word{"hold", QT_TRANSLATE_NOOP("ParameterChoices", "hold")},
    Word{"ignore", QT_TRANSLATE_NOOP("ParameterChoices", "ignore")},
    Word{"implied", QT_TRANSLATE_NOOP("ParameterChoices", "implied volatility")},
    Word{"long", QT_TRANSLATE_NOOP("ParameterChoices", "long")},
    Word{"minimum_variance", QT_TRANSLATE_NOOP("ParameterChoices", "least variance")},
    Word{"no", QT_TRANSLATE_NOOP("ParameterChoices", "no")},
    Word{"option", QT_TRANSLATE_NOOP("ParameterChoices", "single option")},
    Word{"put", QT_TRANSLATE_NOOP("ParameterChoices", "puts")},
    Word{"shares", QT_TRANSLATE_NOOP("ParameterChoices", "shares")},
    Word{"short", QT_TRANSLATE_NOOP("ParameterChoices", "short")},
    Word{"spread", QT_TRANSLATE_NOOP("ParameterChoices", "debit spread")},
    Word{"strikes", QT_TRANSLATE_NOOP("ParameterChoices", "strikes")},
    Word{"twelve_one", QT_TRANSLATE_NOOP("ParameterChoices", "twelve months less the last")},
    Word{"underlying", QT_TRANSLATE_NOOP("ParameterChoices", "this position")},
    Word{"untested", QT_TRANSLATE_NOOP("ParameterChoices", "the untested side")},
    Word{"up", QT_TRANSLATE_NOOP("ParameterChoices", "only up")},
    Word{"whalley_wilmott", QT_TRANSLATE_NOOP("ParameterChoices", "Whalley and Wilmott's band")},
    Word{"width", QT_TRANSLATE_NOOP("ParameterChoices", "width")},
    Word{"zakamouline", QT_TRANSLATE_NOOP("ParameterChoices", "Zakamouline's band")},
};

static_assert(std::ranges::is_sorted(titles, {}, &Word::name) && std::ranges::is_sorted(choices, {}, &Word::name));

/// Null where it is not among them.
QString wordOf(std::span<const Word> words, const char* context, const std::string& name)
{
    const auto found = std::ranges::lower_bound(words, std::string_view(name), {}, &Word::name);
    return found != words.end() && found->name == name ? QCoreApplication::translate(context, found->word) : QString();
}

} // namespace

QString parameterTitle(const std::string& name)
{
    if (const QString known = wordOf(titles, "Parameters", name); !known.isNull())
        return known;
    QString title = text(name).replace(u'_', u' ');
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

QString parameterLabel(const base::ParameterSpec& spec)
{
    QString name = parameterTitle(spec.name);
    // "Days to expiry" needs no ", days".
    if (!spec.unit.empty() && !name.contains(text(spec.unit), Qt::CaseInsensitive))
        name += QStringLiteral(", ") + text(spec.unit);
    return name;
}

QString choiceWord(const std::string& choice)
{
    const QString known = wordOf(choices, "ParameterChoices", choice);
    return known.isNull() ? text(choice) : known;
}

} // namespace vegadesk::ui
