// The account streamer: the input is one frame, read by both sides.

#include "tastytrade/wire/account_streamer.h"
#include "require.h"
#include "target.h"

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;

namespace
{

/// What was read and printed is read as the same again.
template<class T>
void checkPrinted(const T& message)
{
    const QByteArray text = print(message);
    const auto again = parseStreamerMessages(text);
    VEGADESK_REQUIRE(again && again->size() == 1 && std::holds_alternative<T>(again->front()));
    VEGADESK_REQUIRE(print(std::get<T>(again->front())) == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    if (const auto request = parseStreamerRequest(input)) {
        const auto again = parseStreamerRequest(print(*request));
        VEGADESK_REQUIRE(again && *again == *request);
    }
    const auto messages = parseStreamerMessages(input);
    if (!messages) {
        VEGADESK_REQUIRE(!messages.error().message().empty());
        return 0;
    }
    for (const StreamerMessage& message : *messages) {
        if (const auto* ack = std::get_if<StreamerAck>(&message)) {
            checkPrinted(*ack);
        } else if (const auto* order = std::get_if<OrderNotice>(&message)) {
            checkPrinted(*order);
            toBrokerOrder(order->order);
        } else if (const auto* position = std::get_if<PositionNotice>(&message)) {
            checkPrinted(*position);
        } else if (const auto* balance = std::get_if<BalanceNotice>(&message)) {
            checkPrinted(*balance);
        } else if (const auto* broken = std::get_if<BrokenNotice>(&message)) {
            VEGADESK_REQUIRE(!broken->error.message().empty());
        }
    }
    return 0;
}
