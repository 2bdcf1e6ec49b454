#pragma once

#include <QString>

/// Numbers as a trader reads them: true minus sign (U+2212), thin-space or comma groups by the locale, an en
/// dash for "not known" (NaN). One place, so that every panel says the same number the same way.
namespace vegadesk::ui
{

QString number(double value, int decimals);       ///< "1,234.50", "−3.2", "–"
QString signedNumber(double value, int decimals); ///< with + for gains
QString money(double value);                      ///< two decimals
QString signedMoney(double value);
QString percent(double fraction, int decimals = 1); ///< 0.0123 → "1.2 %"
QString signedPercent(double fraction, int decimals = 1);
QString arrowed(double value, int decimals); ///< "▲ 1.83", "▼ 0.12": sign by shape, not colour alone
/// −1, 0 or 1: the sign of the number as it is shown, which is none for 0.00. What is coloured by sign goes by it.
int shownSign(double value, int decimals);
QString compactCount(double value); ///< "12,400", "1.2 M"
QString multiple(double value);     ///< "0.9x"

} // namespace vegadesk::ui
