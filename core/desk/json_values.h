#pragma once

#include <QJsonValue>

#include <cmath>
#include <string_view>

namespace vegadesk::desk::json
{

/// Not known is null: JSON has no NaN.
inline QJsonValue number(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

inline QJsonValue text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

} // namespace vegadesk::desk::json
