#pragma once

#include "base/decimal.h"
#include "tastytrade/wire/json.h"

namespace vegadesk::tastytrade::test
{

inline QJsonObject json(const char* text)
{
    const auto object = wire::parseObject(text, "test");
    Q_ASSERT(object);
    return *object;
}

inline base::Decimal decimal(const char* text)
{
    return *base::Decimal::parse(text);
}

} // namespace vegadesk::tastytrade::test
