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
/// −1, 0 or 1: of what is shown, not of what is meant, so that nothing that reads 0.00 is coloured as a gain; 0 when not known.
int shownSign(double value, int decimals);
/// Both read the same at that many decimals.
bool isShownAlike(double a, double b, int decimals);
QString compactCount(double value); ///< "12,400", "1.2 M"
QString multiple(double value);     ///< "0.9x"

} // namespace vegadesk::ui
