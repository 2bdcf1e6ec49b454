// REST: the input is one body, read as every kind of answer there is, and as the requests that the venue reads.

#include "require.h"
#include "target.h"
#include "tastytrade/wire/account.h"
#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/json.h"
#include "tastytrade/wire/option_chain.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/session.h"
#include "tastytrade/wire/transaction.h"

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;

namespace
{

/// What was read can be printed and read again; from then on it is the same. (At first a thing that was left out may be filled
/// in: the underlying of a share is the share.)
template<class Parse>
auto check(const QJsonObject& object, Parse parse)
{
    auto result = parse(object);
    if (!result) {
        VEGADESK_REQUIRE(!result.error().message().empty());
        return result;
    }
    const QJsonObject printed = toJson(*result);
    const auto again = parse(printed);
    VEGADESK_REQUIRE(again);
    if (toJson(*again) == printed)
        return result;
    const auto third = parse(toJson(*again));
    VEGADESK_REQUIRE(third && toBytes(toJson(*third)) == toBytes(toJson(*again)));
    return result;
}

void readAsEverything(const QJsonObject& object)
{
    if (const auto answer = check(object, parseOrderAnswer)) {
        toDryRunResult(*answer);
        toBrokerOrder(answer->order);
    }
    if (const auto order = check(object, parseOrder))
        toBrokerOrder(*order);
    identify(object);
    check(object, parseOrderRequest);
    if (const auto position = check(object, parseAccountPosition))
        positionOn(*position, base::makeDate(2026, 11, 20));
    else
        unreadablePosition(object, position.error());
    check(object, parseAccountBalance);
    check(object, parseAccount);
    check(object, parseTokenRequest);
    check(object, parseTokenAnswer);
    check(object, parseQuoteToken);
    check(object, parseEquity);
    if (const auto transaction = check(object, parseTransaction))
        settlementsIn(std::span(&*transaction, 1));
    if (const auto chain = check(object, parseNestedChain))
        toDefinition(Equity{}, {*chain});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    parseErrorBody(body);
    parseTokenForm(body);
    VEGADESK_REQUIRE(!errorFromAnswer(500, body, "fuzz").message().empty());
    const auto object = parseObject(body, "fuzz");
    if (!object)
        return 0;
    parsePagination(*object);
    readAsEverything(*object);
    if (const auto inner = dataOf(*object, "fuzz"))
        readAsEverything(*inner);
    if (const auto items = itemsOf(*object, "fuzz")) {
        for (const QJsonValue& item : *items)
            readAsEverything(item.toObject());
    }
    return 0;
}
