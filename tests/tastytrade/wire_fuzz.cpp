#include "fuzz/mutation.h"
#include "random_fields.h"
#include "random_messages.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;

namespace
{

QByteArray printed(base::Generator& chance)
{
    switch (chance.integer(0, 12)) {
    case 0:
        return toBytes(envelope(toJson(random::orderAnswer(chance)), "/orders"));
    case 1:
        return toBytes(toJson(random::orderRequest(chance)));
    case 2:
        return print(OrderNotice{random::order(chance), random::instant(chance)});
    case 3:
        return print(PositionNotice{random::position(chance), random::instant(chance)});
    case 4:
        return print(BalanceNotice{random::balance(chance), random::instant(chance)});
    case 5:
        return toBytes(toJson(random::nestedChain(chance)));
    case 6:
        return dxlink::print(random::feedData(chance),
                             random::coin(chance) ? dxlink::DataFormat::Compact : dxlink::DataFormat::Full,
                             fullLayouts());
    case 7:
        return std::visit(
            [](const auto& message) -> QByteArray {
                using T = std::decay_t<decltype(message)>;
                if constexpr (std::is_same_v<T, dxlink::FeedData> || std::is_same_v<T, dxlink::OtherMessage>)
                    return "{}";
                else
                    return dxlink::print(message);
            },
            random::dxlinkMessage(chance));
    case 8:
        return toBytes(toJson(random::complexOrderRequest(chance)));
    case 9:
        return print(ComplexOrderNotice{random::complexOrder(chance), random::instant(chance)});
    case 10:
        return toBytes(toJson(random::watchlist(chance)));
    case 11:
        return toBytes(toJson(random::transaction(chance)));
    default:
        return print(random::streamerAck(chance));
    }
}

/// Everything that reads text from a socket; returns how many understood it.
int readAsEverything(const QByteArray& text)
{
    int understood = 0;
    const auto count = [&](const auto& result) { understood += result ? 1 : 0; };
    count(dxlink::parse(text, fullLayouts()));
    count(parseStreamerMessages(text));
    count(parseStreamerRequest(text));
    count(parseErrorBody(text));
    if (!errorFromAnswer(500, text, "fuzz").message().empty())
        ++understood;
    const auto object = parseObject(text, "fuzz");
    if (!object)
        return understood;
    const QJsonObject inner =
        object->contains(QLatin1String("data")) ? object->value(QLatin1String("data")).toObject() : *object;
    for (const QJsonObject& candidate : {*object, inner}) {
        if (const auto answer = parseOrderAnswer(candidate)) {
            ++understood;
            toDryRunResult(*answer);
            toBrokerOrder(answer->order);
            toJson(*answer);
        }
        if (const auto order = parseOrder(candidate))
            toBrokerOrder(*order);
        identify(candidate);
        if (const auto request = parseOrderRequest(candidate)) {
            ++understood;
            parseReplacement(candidate, *request);
        }
        count(parseComplexOrderRequest(candidate));
        count(parseComplexOrder(candidate));
        count(parseComplexOrderAnswer(candidate));
        count(parseAccountPosition(candidate));
        count(parseAccountBalance(candidate));
        count(parseAccount(candidate));
        count(parseTokenRequest(candidate));
        count(parseTokenAnswer(candidate));
        count(parseQuoteToken(candidate));
        count(parseEquity(candidate));
        count(parseWatchlist(candidate));
        if (const auto row = parseTransaction(candidate)) {
            ++understood;
            settlementsIn({&*row, 1});
        }
        if (const auto chain = parseNestedChain(candidate)) {
            ++understood;
            toDefinition(Equity{}, {*chain});
        }
    }
    return understood;
}

} // namespace

class WireFuzzTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validMessagesAreUnderstood();
    void mutatedMessagesNeverCrash();
    void mutatedDescriptionsNeverCrash();
    void noiseNeverCrashes();
};

void WireFuzzTest::validMessagesAreUnderstood()
{
    base::Generator chance(1);
    for (int i = 0; i < 300; ++i) {
        const QByteArray text = printed(chance);
        QVERIFY2(readAsEverything(text) >= 2, text.constData()); // one is always the error text
    }
}

void WireFuzzTest::mutatedMessagesNeverCrash()
{
    // VEGADESK_FUZZ_ROUNDS lengthens the run; the default is for every test run.
    const int rounds = qEnvironmentVariableIntValue("VEGADESK_FUZZ_ROUNDS");
    base::Generator chance(20261120);
    int understood = 0;
    for (int i = 0; i < std::max(rounds, 20'000); ++i)
        understood += readAsEverything(tests::mutate(printed(chance), chance)) > 1 ? 1 : 0;
    QVERIFY2(understood > 1000, "mutations must leave enough messages readable to reach the parsers' depth");
}

void WireFuzzTest::mutatedDescriptionsNeverCrash()
{
    const int rounds = qEnvironmentVariableIntValue("VEGADESK_FUZZ_ROUNDS") / 20;
    base::Generator chance(20261129);
    int understood = 0;
    random::forEachDescribed([&]<class T>() {
        for (int i = 0; i < std::max(rounds, 150); ++i) {
            const auto object = parseObject(tests::mutate(toBytes(toJson(random::described<T>(chance))), chance), "fuzz");
            const auto value = object ? read<T>(*object) : tl::make_unexpected(object.error());
            if (!value)
                continue;
            ++understood;
            const auto again = read<T>(toJson(*value)); // what was read can be passed on
            QVERIFY2(again, again ? "" : again.error().message().c_str());
        }
    });
    QVERIFY2(understood > 250, std::to_string(understood).c_str());
}

void WireFuzzTest::noiseNeverCrashes()
{
    base::Generator chance(3);
    for (int i = 0; i < 2000; ++i) {
        QByteArray noise(static_cast<qsizetype>(chance.integer(0, 200)), '\0');
        for (char& byte : noise)
            byte = static_cast<char>(chance.integer(0, 255));
        readAsEverything(noise);
    }
    readAsEverything(QByteArray(100'000, '['));
    readAsEverything(QByteArray(R"({"data":)").repeated(20'000));
}

QTEST_GUILESS_MAIN(WireFuzzTest)
#include "wire_fuzz.moc"
