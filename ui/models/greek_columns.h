#pragma once

#include "ui/models/column_table.h"

namespace vegadesk::ui
{

/// The Greeks' columns, in every table that has them.
namespace greek_columns
{
inline constexpr Column delta{QT_TRANSLATE_NOOP("Columns", "Δ shares"),
                              QT_TRANSLATE_NOOP("Columns", "Delta in shares of the underlying")};
inline constexpr Column dollarDelta{
    QT_TRANSLATE_NOOP("Columns", "Δ $"),
    QT_TRANSLATE_NOOP("Columns", "Dollar delta: shares times spot, the dollars a 100 % move would make at this delta")};
inline constexpr Column gamma{QT_TRANSLATE_NOOP("Columns", "Γ / $"),
                              QT_TRANSLATE_NOOP("Columns", "Gamma: shares of delta per dollar the underlying moves")};
inline constexpr Column theta{
    QT_TRANSLATE_NOOP("Columns", "Θ $ / day"),
    QT_TRANSLATE_NOOP("Columns", "Theta: dollars that the next calendar day takes, 24 hours from now, in the "
                                 "time to expiry of the settings: in trading time a day without a session takes "
                                 "a tenth of one with it")};
inline constexpr Column vega{QT_TRANSLATE_NOOP("Columns", "vega $ / pt"),
                             QT_TRANSLATE_NOOP("Columns", "Vega: dollars per point of volatility")};
} // namespace greek_columns

} // namespace vegadesk::ui
