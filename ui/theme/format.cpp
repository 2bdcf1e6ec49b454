#include "ui/theme/format.h"

#include <QLocale>

#include <cmath>

namespace vegadesk::ui
{

int shownSign(double value, int decimals)
{
    const double half = 0.5 * std::pow(10.0, -decimals);
    if (std::isnan(value) || std::fabs(value) < half)
        return 0;
    return value < 0 ? -1 : 1;
}

bool isShownAlike(double a, double b, int decimals)
{
    const double digits = std::pow(10.0, decimals);
    return std::round(a * digits) == std::round(b * digits);
}

namespace
{
constexpr QChar minus(0x2212);
constexpr QChar thin(0x2009);
constexpr QChar notKnown(0x2013);
constexpr QChar infinity(0x221E);

/// The C locale groups no digits; a terminal without a locale still wants "1,234".
QLocale readable()
{
    const QLocale current;
    return current.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : current;
}

QString magnitude(double value, int decimals)
{
    return std::isinf(value) ? QString(infinity) : readable().toString(std::fabs(value), 'f', decimals);
}

QString withSign(double value, int decimals, bool plus)
{
    if (std::isnan(value))
        return notKnown;
    const int sign = shownSign(value, decimals);
    const QString text = magnitude(value, decimals);
    if (sign < 0)
        return minus + text;
    return sign > 0 && plus ? QLatin1Char('+') + text : text;
}

QString withUnit(const QString& text, QLatin1String unit)
{
    return text == notKnown ? text : text + thin + unit;
}
} // namespace

QString number(double value, int decimals)
{
    return withSign(value, decimals, false);
}

QString signedNumber(double value, int decimals)
{
    return withSign(value, decimals, true);
}

QString money(double value)
{
    return withSign(value, 2, false);
}

QString signedMoney(double value)
{
    return withSign(value, 2, true);
}

QString percent(double fraction, int decimals)
{
    return withUnit(withSign(100 * fraction, decimals, false), QLatin1String("%"));
}

QString signedPercent(double fraction, int decimals)
{
    return withUnit(withSign(100 * fraction, decimals, true), QLatin1String("%"));
}

QString arrowed(double value, int decimals)
{
    if (std::isnan(value))
        return notKnown;
    const int sign = shownSign(value, decimals);
    const QString text = magnitude(value, decimals);
    if (sign == 0)
        return text;
    return QChar(sign > 0 ? 0x25B2 : 0x25BC) + QString(thin) + text;
}

QString compactCount(double value)
{
    if (std::isnan(value) || std::fabs(value) < 1e6)
        return withSign(value, 0, false);
    const bool isBillion = std::fabs(value) >= 1e9;
    return withUnit(withSign(value / (isBillion ? 1e9 : 1e6), 1, false), QLatin1String(isBillion ? "B" : "M"));
}

QString multiple(double value)
{
    return std::isnan(value) ? QString(notKnown) : withSign(value, 1, false) + QLatin1Char('x');
}

} // namespace vegadesk::ui
