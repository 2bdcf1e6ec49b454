#include "execution/journal_codec.h"

#include "base/random.h"

#include <QtTest>

#include <array>

using namespace vegadesk;
using namespace vegadesk::execution;
using portfolio::Fill;
using portfolio::OrderIntent;

namespace
{

/// Random values over everything the types can hold, awkward text included.
class RandomValues
{
public:
    explicit RandomValues(std::uint64_t seed) : m_random(seed) {}

    std::string text()
    {
        static const std::array<std::string, 18> pieces{"",        "SPY   261218C00600000",
                                                        "\"",      "\\",
                                                        "/",       "\n",
                                                        "\t",      std::string("\0", 1),
                                                        "\x01",    "ü",
                                                        "漢",      "𝄞",
                                                        "{}",      "[1,2]",
                                                        "\\u0041", "null",
                                                        "\x7f",    "a very ordinary word"};
        std::string value;
        for (auto count = m_random.integer(0, 4); count > 0; --count)
            value += pieces[static_cast<std::size_t>(m_random.integer(0, pieces.size() - 1))];
        return value;
    }
    std::int64_t integer()
    {
        switch (m_random.integer(0, 3)) {
        case 0:
            return std::numeric_limits<std::int64_t>::min();
        case 1:
            return std::numeric_limits<std::int64_t>::max();
        default:
            return m_random.integer(-1000, 1000);
        }
    }
    base::Quantity quantity()
    {
        return m_random.integer(0, 1) ? base::Quantity(m_random.integer(-1000, 1000))
                                      : base::Quantity::fromUnits(integer());
    }
    base::Decimal decimal()
    {
        return base::Decimal::fromUnits(m_random.integer(0, 1) ? m_random.integer(-5, 5) : integer() / 2);
    }
    template<class T>
    T choice(std::initializer_list<T> values)
    {
        return values.begin()[m_random.integer(0, static_cast<std::int64_t>(values.size()) - 1)];
    }

    OrderIntent intent()
    {
        using namespace portfolio;
        using market::InstrumentType;
        OrderIntent intent;
        intent.underlying = text();
        for (auto count = m_random.integer(0, 4); count > 0; --count)
            intent.legs.push_back(
                {.symbol = text(),
                 .type = choice({InstrumentType::Equity, InstrumentType::Index, InstrumentType::EquityOption,
                                 InstrumentType::Future, InstrumentType::FutureOption, InstrumentType::Cryptocurrency}),
                 .action = action(),
                 .quantity = quantity()});
        intent.type = choice(
            {OrderType::Limit, OrderType::Market, OrderType::Stop, OrderType::StopLimit, OrderType::NotionalMarket});
        if (m_random.integer(0, 1))
            intent.value = decimal();
        intent.timeInForce = choice({TimeInForce::Day, TimeInForce::Gtc, TimeInForce::Gtd, TimeInForce::Ioc});
        if (m_random.integer(0, 1))
            intent.gtcDate = base::makeDate(2000, 1, 1) + std::chrono::days(m_random.integer(0, 40000));
        if (m_random.integer(0, 1))
            intent.price = decimal();
        intent.effect = choice({PriceEffect::None, PriceEffect::Debit, PriceEffect::Credit});
        if (m_random.integer(0, 1))
            intent.stopTrigger = decimal();
        intent.origin = text();
        intent.group = text();
        return intent;
    }
    Fill fill()
    {
        return {.fillId = text(),
                .orderId = text(),
                .symbol = text(),
                .action = action(),
                .quantity = quantity(),
                .price = decimal(),
                .at = base::Instant(base::Nanos(integer()))};
    }
    OrderUpdate update()
    {
        return {choice({OrderStatus::Intent, OrderStatus::Sent, OrderStatus::Working, OrderStatus::PartiallyFilled,
                        OrderStatus::CancelRequested, OrderStatus::ReplaceRequested, OrderStatus::Contingent,
                        OrderStatus::Filled, OrderStatus::Cancelled, OrderStatus::Rejected, OrderStatus::Expired,
                        OrderStatus::NotPlaced, OrderStatus::Unknown}),
                text(), text()};
    }
    Quantities quantities()
    {
        Quantities quantities;
        for (auto count = m_random.integer(0, 5); count > 0; --count)
            quantities[text()] = quantity();
        return quantities;
    }
    base::Generator& generator() { return m_random; }

private:
    portfolio::Action action()
    {
        using portfolio::Action;
        return choice({Action::BuyToOpen, Action::SellToOpen, Action::BuyToClose, Action::SellToClose});
    }
    base::Generator m_random;
};

} // namespace

class JournalCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenReadsBack()
    {
        RandomValues random(2026);
        for (int round = 0; round < 20000; ++round) {
            const OrderIntent intent = random.intent();
            const std::string json = toJson(intent);
            QVERIFY2(json.find('\n') == std::string::npos, json.c_str());
            const auto read = intentFromJson(json);
            QVERIFY2(read && *read == intent, json.c_str());

            const JournalledIntent journalled{intent, random.text()};
            const auto readJournalled = journalledIntentFromJson(toJson(journalled));
            QVERIFY2(readJournalled && *readJournalled == journalled, toJson(journalled).c_str());

            const Fill fill = random.fill();
            const auto readFill = fillFromJson(toJson(fill));
            QVERIFY2(readFill && *readFill == fill, toJson(fill).c_str());
            const OrderUpdate update = random.update();
            const auto readUpdate = updateFromJson(toJson(update));
            QVERIFY2(readUpdate && *readUpdate == update, toJson(update).c_str());
            const ExternalOrder external{random.text(), random.intent()};
            const auto readExternal = externalOrderFromJson(toJson(external));
            QVERIFY2(readExternal && *readExternal == external, toJson(external).c_str());
            const Quantities quantities = random.quantities();
            const auto readQuantities = quantitiesFromJson(toJson(quantities));
            QVERIFY2(readQuantities && *readQuantities == quantities, toJson(quantities).c_str());
        }
    }

    /// Records of before fractions have numbers; what is whole is written so still.
    void wholeQuantitiesAreNumbers()
    {
        const base::Quantity part = base::Quantity::parse("0.52341").value();
        QCOMPARE(toJson(Quantities{{"KO", part}, {"SPY", -100}}), std::string(R"({"KO":"0.52341","SPY":-100})"));
        const auto old = quantitiesFromJson(R"({"SPY":100})");
        QVERIFY(old && old->at("SPY") == 100);
        Fill fill;
        fill.quantity = part;
        QVERIFY(toJson(fill).find(R"("quantity":"0.52341")") != std::string::npos);
        QVERIFY(fillFromJson(toJson(fill))->quantity == part);
    }

    void isReadableAsItStands()
    {
        OrderIntent intent;
        intent.underlying = "SPY";
        intent.legs = {{.symbol = "SPY   261218C00600000", .action = portfolio::Action::BuyToOpen, .quantity = 2}};
        intent.price = base::Decimal::parse("1.05").value();
        intent.effect = portfolio::PriceEffect::Debit;
        QCOMPARE(
            QString::fromStdString(toJson(intent)),
            R"({"underlying":"SPY","order-type":"Limit","time-in-force":"Day","price":"1.05","price-effect":"Debit",)"
            R"("origin":"ticket","group":"","legs":[{"symbol":"SPY   261218C00600000","type":"equity option",)"
            R"("action":"Buy to Open","quantity":2}]})");
    }

    void complexOrdersReadBack()
    {
        RandomValues random(2027);
        for (int round = 0; round < 2000; ++round) {
            const OrderIntent intent = random.intent();
            JournalledComplex complex{portfolio::ComplexKind::Oco, {{random.text(), intent}, {random.text(), intent}}};
            if (round % 3 == 0) {
                complex.kind = portfolio::ComplexKind::Otoco;
                complex.parts.emplace_back(random.text(), random.intent());
            }
            const auto readComplex = complexFromJson(toJson(complex));
            QVERIFY2(readComplex && *readComplex == complex, toJson(complex).c_str());
            complex.parts.pop_back(); // a part of its kind is missing
            QVERIFY(!complexFromJson(toJson(complex)));
        }
    }

    /// Journals of versions that knew no replacements, and those versions with a journal of this one.
    void olderRecordsAreReadAndRead()
    {
        RandomValues random(11);
        const OrderIntent intent = random.intent();
        QVERIFY(journalledIntentFromJson(toJson(intent)) == (JournalledIntent{intent, {}}));
        QCOMPARE(toJson(JournalledIntent{intent, {}}), toJson(intent));
        QVERIFY(intentFromJson(toJson(JournalledIntent{intent, "venue-1-2"})) == intent);
        QVERIFY(!journalledIntentFromJson(toJson(JournalledIntent{intent, "x"})
                                              .replace(toJson(JournalledIntent{intent, "x"}).rfind("\"x\""), 3, "7")));
    }

    void textThatIsNotUtf8IsReplaced()
    {
        const auto read = updateFromJson(toJson(OrderUpdate{OrderStatus::Rejected, "1", "caf\xe9 \"closed\""}));
        QVERIFY(read);
        QCOMPARE(read->reason, std::string("caf\xef\xbf\xbd \"closed\""));
    }

    void refusesWhatIsBroken_data()
    {
        QTest::addColumn<QString>("json");
        QTest::newRow("empty") << "";
        QTest::newRow("not an object") << "[]";
        QTest::newRow("cut off") << R"({"underlying":"SPY","order-type":"Limit")";
        QTest::newRow("empty object") << "{}";
        QTest::newRow("a word unknown")
            << R"({"underlying":"S","order-type":"Limt","time-in-force":"Day","price-effect":"None","origin":"","group":"","legs":[]})";
        QTest::newRow("a price that is a number")
            << R"({"underlying":"S","order-type":"Limit","time-in-force":"Day","price":1.05,"price-effect":"None","origin":"","group":"","legs":[]})";
        QTest::newRow("a leg that is none")
            << R"({"underlying":"S","order-type":"Limit","time-in-force":"Day","price-effect":"None","origin":"","group":"","legs":[1]})";
        QTest::newRow("a quantity beyond what one holds")
            << R"({"underlying":"S","order-type":"Limit","time-in-force":"Day","price-effect":"None","origin":"","group":"","legs":[{"symbol":"S","type":"equity","action":"Buy to Open","quantity":92233720369}]})";
        QTest::newRow("a quantity that is a word")
            << R"({"underlying":"S","order-type":"Limit","time-in-force":"Day","price-effect":"None","origin":"","group":"","legs":[{"symbol":"S","type":"equity","action":"Buy to Open","quantity":"many"}]})";
        QTest::newRow("a quantity beyond 64 bits")
            << R"({"underlying":"S","order-type":"Limit","time-in-force":"Day","price-effect":"None","origin":"","group":"","legs":[{"symbol":"S","type":"equity","action":"Buy to Open","quantity":99999999999999999999}]})";
    }
    void refusesWhatIsBroken()
    {
        QFETCH(QString, json);
        const auto read = intentFromJson(json.toStdString());
        QVERIFY(!read);
        QVERIFY(!read.error().message().empty());
        QVERIFY(!fillFromJson(json.toStdString()));
        QVERIFY(!updateFromJson(json.toStdString()));
        QVERIFY(!externalOrderFromJson(json.toStdString()));
    }

    void survivesFlippedBits()
    {
        RandomValues random(7);
        base::Generator& dice = random.generator();
        for (int round = 0; round < 20000; ++round) {
            std::string json = toJson(random.intent());
            for (auto flips = dice.integer(1, 4); flips > 0; --flips)
                json[static_cast<std::size_t>(dice.integer(0, static_cast<std::int64_t>(json.size()) - 1))] ^=
                    static_cast<char>(1 << dice.integer(0, 7));
            if (const auto read = intentFromJson(json))
                QVERIFY(intentFromJson(toJson(*read)) == *read);
            (void)fillFromJson(json);
            (void)externalOrderFromJson(json);
            (void)complexFromJson(json);
            (void)quantitiesFromJson(json);
        }
    }
};

QTEST_APPLESS_MAIN(JournalCodecTest)
#include "journal_codec_test.moc"
