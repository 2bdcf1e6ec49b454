#include "random_fields.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;

namespace
{

/// A few random edits of the kinds that cables, proxies and versions make: bytes flipped, cut, repeated, swapped for
/// JSON's own signs, numbers made huge.
QByteArray mutate(QByteArray text, base::Generator& chance)
{
    static const QByteArrayList pieces{"null",
                                       "\"NaN\"",
                                       "-1",
                                       "1e308",
                                       "9223372036854775808",
                                       "-9223372036854775808",
                                       "{}",
                                       "[]",
                                       "\"\"",
                                       "true",
                                       "0.000000001",
                                       "\"2026-13-45\"",
                                       "\"9999-12-31T23:59:59.999999999+23:59\"",
                                       "\xff\xfe",
                                       "\"\\ud800\""};
    for (std::int64_t edits = chance.integer(1, 4); edits > 0; --edits) {
        const qsizetype at = text.isEmpty() ? 0 : static_cast<qsizetype>(chance.integer(0, text.size() - 1));
        switch (chance.integer(0, 5)) {
        case 0:
            if (!text.isEmpty())
                text[at] = static_cast<char>(chance.integer(0, 255));
            break;
        case 1:
            text.truncate(at);
            break;
        case 2:
            text.remove(at, static_cast<qsizetype>(chance.integer(1, 12)));
            break;
        case 3:
            text.insert(at, text.mid(at, static_cast<qsizetype>(chance.integer(1, 40))));
            break;
        default: { // replaces one value, so that the rest still parses
            qsizetype start = text.indexOf(chance.uniform() < 0.5 ? ':' : ',', at);
            if (start < 0)
                break;
            ++start;
            qsizetype end = start;
            while (end < text.size() && !QByteArray(",}]").contains(text[end]))
                ++end;
            text.replace(start, end - start, pieces.at(static_cast<qsizetype>(chance.integer(0, pieces.size() - 1))));
            break;
        }
        }
    }
    return text;
}

QByteArray printed(base::Generator& chance)
{
    switch (chance.integer(0, 10)) {
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
        return toBytes(toJson(random::watchlist(chance)));
    case 9:
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
        count(parseOrderRequest(candidate));
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
        understood += readAsEverything(mutate(printed(chance), chance)) > 1 ? 1 : 0;
    QVERIFY2(understood > 1000, "mutations must leave enough messages readable to reach the parsers' depth");
}

void WireFuzzTest::mutatedDescriptionsNeverCrash()
{
    const int rounds = qEnvironmentVariableIntValue("VEGADESK_FUZZ_ROUNDS") / 20;
    base::Generator chance(20261129);
    int understood = 0;
    random::forEachDescribed([&]<class T>() {
        for (int i = 0; i < std::max(rounds, 150); ++i) {
            const auto object = parseObject(mutate(toBytes(toJson(random::described<T>(chance))), chance), "fuzz");
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
