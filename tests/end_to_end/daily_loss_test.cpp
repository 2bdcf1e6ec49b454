#include "command_line.h"
#include "faults/world.h"
#include "market/calendar.h"
#include "running_desk.h"
#include "storage/sqlite_journal.h"
#include "trading/session_records.h"

#include <QTest>

#include <algorithm>

using namespace vegadesk;
using namespace std::chrono_literals;
using execution::OrderStatus;
using portfolio::Action;
using tests::marketOrder;
using tests::optionLeg;
using tests::RunningDesk;

namespace
{

constexpr int patienceMs = 60'000;
constexpr double beyondStop = 0.06; ///< of 5 %

/// The day began so much above where the account is now.
base::JournalRecord lossyDay(base::Instant at, const std::string& prefix, double netLiquidation, double loss)
{
    return trading::dayStartRecord(at, prefix, market::newYorkDate(at), netLiquidation / (1 - loss), std::nullopt);
}

/// Opens one put spread in its underlying whenever it holds nothing, and leaves when it is told to.
class PutSpread final : public strategies::Strategy
{
public:
    PutSpread(std::string underlying, double strike, const bool& mayLeave)
        : m_mayLeave(mayLeave), m_underlying(std::move(underlying)), m_short(symbol(strike)), m_long(symbol(strike - 5))
    {
    }
    std::string_view name() const override { return "put_spread"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    strategies::Candidates candidates(const strategies::StrategyState&) const override
    {
        return strategies::noEntry("its entry says what it opens");
    }
    strategies::EntryDecision entry(const strategies::StrategyState& state) const override
    {
        return std::vector{proposal(state, strategies::ProposalKind::Entry, Action::SellToOpen, Action::BuyToOpen)};
    }
    std::vector<strategies::Proposal> exit(const strategies::StrategyState& state) const override
    {
        if (!m_mayLeave)
            return {};
        return {proposal(state, strategies::ProposalKind::Exit, Action::BuyToClose, Action::SellToClose)};
    }
    std::vector<strategies::Proposal> hedge(const strategies::StrategyState&) const override { return {}; }

private:
    std::string symbol(double strike) const
    {
        return faults::ScriptedMarket::symbolOf(m_underlying, faults::ScriptedMarket::monthly, market::Right::Put,
                                                strike);
    }
    static market::Quote quoteOf(const market::OptionChain& chain, const std::string& symbol)
    {
        for (const market::Expiration& expiration : chain.expirations)
            for (std::size_t i = 0; i < expiration.puts.symbols.size(); ++i)
                if (expiration.puts.symbols[i] == symbol)
                    return {expiration.puts.bid[i], expiration.puts.ask[i], 0, 0, {}};
        return {};
    }
    strategies::Proposal proposal(const strategies::StrategyState& state, strategies::ProposalKind kind,
                                  Action actionOfShort, Action actionOfLong) const
    {
        strategies::Proposal proposal{.kind = kind, .intent = {}, .reason = "it is time"};
        proposal.intent.underlying = m_underlying;
        proposal.intent.legs = {optionLeg(m_short, actionOfShort), optionLeg(m_long, actionOfLong)};
        const market::Quote near = quoteOf(*state.chain, m_short), far = quoteOf(*state.chain, m_long);
        const bool isOpening = kind == strategies::ProposalKind::Entry;
        constexpr double room = 0.04; // the market moves while it is on its way
        const double net = isOpening ? near.bid - far.ask - room : near.ask - far.bid + room;
        proposal.intent.price = base::Decimal::fromDouble(std::round(net * 100) / 100).value_or(base::Decimal::cent());
        proposal.intent.effect = isOpening ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
        return proposal;
    }

    const bool& m_mayLeave;
    const std::string m_underlying, m_short, m_long;
    const base::Parameters m_parameters{{}};
};

} // namespace

/// With the day's loss at its limit nothing opens, whoever asks, and what is held can be closed.
class DailyLossTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTicketAndTheCommandLineOnlyClose();
    void aStrategyOnlyCloses_data();
    void aStrategyOnlyCloses();

private:
    /// Writes into the journal of a program that has ended.
    static bool write(const QString& file, base::JournalRecord record)
    {
        QObject context;
        const storage::JournalOptions options{
            .file = file.toStdString(), .executor = [&context](std::function<void()> work) {
                QMetaObject::invokeMethod(&context, std::move(work), Qt::QueuedConnection);
            }};
        auto journal = storage::SqliteJournal::open(options);
        bool isWritten = false;
        if (journal)
            (*journal)->append(std::move(record), [&](base::Result<void> done) { isWritten = done.has_value(); });
        return journal && QTest::qWaitFor([&] { return isWritten; }, patienceMs);
    }
};

void DailyLossTest::theTicketAndTheCommandLineOnlyClose()
{
    RunningDesk first;
    QTRY_VERIFY_WITH_TIMEOUT(first.hasStreamingChain() && first.hasAccount(), patienceMs);
    const std::string held = "SPY"; // shares: the account has the room for some, whatever its options take
    const auto shares = [&](Action action, std::int64_t count) {
        return marketOrder("SPY", {{held, market::InstrumentType::Equity, action, count}});
    };
    QTRY_VERIFY2_WITH_TIMEOUT(first.fills(shares(Action::BuyToOpen, 3)),
                              qPrintable(first.whatHappened()), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(first.quantityOf(held), std::int64_t{3}, patienceMs);
    const auto account = first.desk().trading();
    const base::Instant at = first.desk().status()->marketTime;
    first.end();
    const QString journal =
        QStringLiteral("venue-%1-journal.sqlite").arg(QString::fromStdString(account->account));
    QVERIFY(write(QDir(first.directory()).filePath(journal),
                  lossyDay(at, "venue-" + account->account, account->netLiquidation, beyondStop)));

    // From the command line, in that folder.
    const auto order = [&](const QString& leg, const QStringList& more = {}) {
        return tests::run(QStringList{QStringLiteral("order"), leg, QStringLiteral("--data-dir"), first.directory(),
                                      QStringLiteral("--seed"), QStringLiteral("7"), QStringLiteral("--wait"),
                                      QStringLiteral("60")} +
                          more);
    };
    tests::Outcome outcome = order(QStringLiteral("buy to open 1 SPY"));
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.output.contains("refused: ") && outcome.output.contains("Today's loss of "),
             outcome.output + outcome.errors);
    outcome = order(QStringLiteral("sell to close 1 SPY"));
    QVERIFY2(outcome.status == 0 && outcome.output.contains("filled"), outcome.output + outcome.errors);

    // In the ticket, of a program that goes on with the same folder.
    RunningDesk second({}, {}, [&](const QString& directory) {
        const QDir from(first.directory());
        for (const QString& file : from.entryList(QDir::Files))
            QFile::copy(from.filePath(file), QDir(directory).filePath(file));
    });
    QTRY_VERIFY_WITH_TIMEOUT(second.hasStreamingChain() && second.hasAccount(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(second.quantityOf(held), std::int64_t{2}, patienceMs);
    const auto opening = shares(Action::BuyToOpen, 1);
    const std::uint64_t staged = second.desk().stageTicket(opening);
    const auto says = [&](const char* words) {
        const auto ticket = second.desk().ticket();
        return ticket->request == staged &&
               std::ranges::any_of(ticket->verdict, [&](const std::string& line) { return line.find(words) != line.npos; });
    };
    QTRY_VERIFY2_WITH_TIMEOUT(says("Today's loss of "), qPrintable(second.whatHappened()), patienceMs);
    QVERIFY(!second.desk().ticket()->isAllowed);
    const std::size_t orders = second.desk().trading()->orders.size();
    second.desk().send(opening); // the button is not the only guard
    QTRY_VERIFY_WITH_TIMEOUT(!second.notices().filter(QStringLiteral("Not sent")).isEmpty(), patienceMs);
    QCOMPARE(second.desk().trading()->orders.size(), orders);

    const auto closing = second.desk().closingIntent({held});
    QVERIFY(closing.has_value());
    const auto asked = marketOrder("SPY", closing->legs);
    QTRY_VERIFY2_WITH_TIMEOUT(second.fills(asked), qPrintable(second.whatHappened()), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(second.quantityOf(held), std::int64_t{0}, patienceMs);
}

void DailyLossTest::aStrategyOnlyCloses_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("where no new risk is taken, the gate refuses it") << 0.03 << true;
    QTest::newRow("beyond the stop it is not even asked") << beyondStop << false;
}

/// Through the loop that live trading has, to the exchange's engine.
void DailyLossTest::aStrategyOnlyCloses()
{
    QFETCH(double, loss);
    QFETCH(bool, isAsked);
    faults::World world(1);
    bool mayLeave = false;
    const auto arm = [&](const std::string& underlying, double strike) {
        return world.loop().arm(std::make_unique<PutSpread>(underlying, strike, mayLeave), underlying).has_value();
    };
    const auto held = [&] { return world.heldAtBroker(faults::World::shortPut()); };
    QVERIFY(world.connect() && arm("SPY", 580));
    QVERIFY(world.expectSoon([&] { return held() == -1; }, "the strategy opens"));
    QVERIFY(world.expectSoon([&] { return world.loop().ledger().quantity(faults::World::shortPut()) == -1; }, "known"));
    const double equity = world.loop().account().netLiquidation;
    world.pass(5s);
    constexpr std::size_t everything = 1000;
    world.crash(everything);

    const base::JournalRecord record = lossyDay(world.clientClock.now(), "venue-SIM00001", equity, loss);
    world.disk.rows.push_back({record, faults::Disk::checksumOf(record)});
    QVERIFY(world.connect());
    QVERIFY(world.expectSoon([&] { return world.loop().account().dailyLoss > 0.9 * loss; }, "the loss is known"));
    const std::int64_t placed = world.placedAtBroker();
    QVERIFY(arm("SPY", 580) && arm("QQQ", 490));
    const auto isRefused = [&] {
        return std::ranges::any_of(world.invariants.refusals,
                                   [](const std::string& text) { return text.starts_with("daily_loss: "); });
    };
    world.pass(20s); // it would have entered by then, as it did before
    QCOMPARE(isRefused(), isAsked);
    QCOMPARE(world.loop().tradingState(), isAsked ? risk::TradingState::Active : risk::TradingState::Reducing);
    QCOMPARE(world.placedAtBroker(), placed);
    QVERIFY(held() == -1);

    mayLeave = true;
    QVERIFY(world.expectSoon([&] { return held() == 0; }, "its exit passes"));
    QCOMPARE(world.placedAtBroker(), placed + 1);
    world.calmDown();
    QVERIFY2(!world.isBroken(), world.isBroken() ? world.invariants.broken().front().c_str() : "");
}

QTEST_GUILESS_MAIN(DailyLossTest)
#include "daily_loss_test.moc"
