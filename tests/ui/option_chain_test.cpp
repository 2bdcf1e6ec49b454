#include "ui/panels/option_chain.h"

#include "chain_views.h"
#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/panels/expiration_strip.h"

#include <QLabel>
#include <QLayout>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace vegadesk;
using namespace vegadesk::ui;
using test::chainView;
using test::shared;

class OptionChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        test::failOnWarnings();
        m_fixture = std::make_unique<test::DeskFixture>();
        m_panel = std::make_unique<OptionChainPanel>(m_fixture->context());
        m_panel->resize(1000, 700);
        m_panel->titleExtras()->resize(1000, 40); // as wide as the dock's title
        m_panel->show(shared(chainView(587)), 1000);
        m_panel->show();
        m_table = m_panel->findChild<ChainTable*>(QStringLiteral("chain_view"));
        QVERIFY(m_table);
    }
    void cleanup()
    {
        m_panel.reset();
        m_fixture.reset();
    }

    void clicksStageLegs()
    {
        const QModelIndex bid = cell(590, market::Right::Call, ChainField::Bid);
        const QModelIndex ask = cell(600, market::Right::Call, ChainField::Ask);
        click(bid);
        QCOMPARE(quantity(bid), -1);
        click(ask);
        QCOMPARE(quantity(ask), 1);
        QCOMPARE(legs().size(), std::size_t(2));
        QCOMPARE(legs()[0].underlying, std::string("SPY"));
        QVERIFY(legs()[0].option);
        QCOMPARE(legs()[0].option->strike.toDouble(), 590.0);

        click(bid); // again: the same leg
        QCOMPARE(quantity(bid), -1);
        click(bid, Qt::ControlModifier);
        QCOMPARE(quantity(bid), -2);
        click(bid, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(quantity(bid), -1);
        click(bid, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(quantity(bid), 0);
        click(bid, Qt::ControlModifier | Qt::ShiftModifier); // none to take
        QCOMPARE(quantity(bid), 0);
        QCOMPARE(legs().size(), std::size_t(1));

        // The other side of the quote turns the leg round.
        click(cell(600, market::Right::Call, ChainField::Bid));
        QCOMPARE(quantity(ask), -1);
    }

    void sharesAreAnOrderOfTheirOwn()
    {
        const auto offers = m_panel->findChild<QToolButton*>(QStringLiteral("chain_shares"))->menu()->actions();
        const auto& staged = m_fixture->context().staged;
        click(cell(590, market::Right::Call, ChainField::Bid));
        offers.at(0)->trigger(); // buy 100: not beside an option
        QCOMPARE(legs().size(), std::size_t(1));
        QVERIFY(legs()[0].quantity == 100 && legs()[0].type == market::InstrumentType::Equity);
        offers.at(0)->trigger();
        QVERIFY(legs()[0].quantity == 200);
        offers.at(2)->trigger(); // for an amount, of which the leg says only the side
        QVERIFY(staged.value() && staged.intent({}).legs.front().quantity == 0);
        offers.at(0)->trigger();
        QVERIFY(!staged.value() && legs()[0].quantity == 100);
        offers.at(3)->trigger();
        QVERIFY(staged.value() && staged.intent({}).legs.front().action == portfolio::Action::SellToOpen);
    }

    void aNarrowHeadingIsNotCut()
    {
        m_fixture->theme().apply();
        QWidget* const header = m_panel->titleExtras();
        header->setParent(nullptr);
        const std::unique_ptr<QWidget> owned(header);
        header->show();
        for (const int width : {900, 420}) {
            header->resize(width, 30);
            m_panel->show(shared(chainView(587)), 1000 + width);
            header->layout()->activate();
            int shown = 0;
            for (const QWidget* const part : header->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
                if (!part->isVisible())
                    continue;
                ++shown;
                QVERIFY(part->width() >= part->sizeHint().width());
            }
            QVERIFY2(width == 900 ? shown == 9 : shown >= 6 && shown < 9, qPrintable(QString::number(shown)));
        }
    }

    void whatHasExpiredWaitsInTheMenu()
    {
        auto* const strip = m_panel->findChild<ExpirationStrip*>();
        const auto chip = [strip](int tab) {
            return strip->findChild<QPushButton*>(QStringLiteral("expiration_%1").arg(tab));
        };
        QVERIFY(chip(0)->isVisible());
        desk::ChainView view = chainView(587);
        view.layout = 2;
        view.tabs[0].isOver = true;
        view.tabs[1].expectedMove = 12.5;
        m_panel->show(shared(view), 1100);
        QVERIFY(!chip(0)->isVisible());
        QVERIFY(chip(1)->isVisible());
        auto* const more = strip->findChild<QToolButton*>(QStringLiteral("more_expirations"));
        QVERIFY(more->isVisible());
        Q_EMIT more->menu()->aboutToShow();
        QCOMPARE(more->menu()->actions().size(), 1);
        QVERIFY(more->menu()->actions().front()->text().contains(QStringLiteral("expired")));
        QVERIFY(!ExpirationStrip::chipHelp(view.tabs[0]).contains(QStringLiteral("±")));
        QVERIFY(ExpirationStrip::chipHelp(view.tabs[1]).contains(QStringLiteral("±12.50")));
        // One can look at it all the same.
        view.layout = 3;
        view.selected = 0;
        m_panel->show(shared(view), 1200);
        QVERIFY(chip(0)->isVisible());
    }

    void thePickerSaysWhatItsFiguresAre()
    {
        const auto* const picker = m_panel->findChild<QToolButton*>(QStringLiteral("chain_model"));
        QCOMPARE(picker->menu()->actions().size(), desk::setting::chainModel.choices.size());
        desk::ChainView view = chainView(587);
        view.model = "surface";
        view.theosOutside = 14;
        m_panel->show(shared(view), 1100);
        QVERIFY2(picker->text().contains(QStringLiteral("14 outside")), qPrintable(picker->text()));
        m_panel->titleExtras()->resize(200, 40); // no room: the tooltip says it
        m_panel->show(shared(view), 1120);
        QVERIFY2(!picker->text().contains(QStringLiteral("14")), qPrintable(picker->text()));
        m_panel->titleExtras()->resize(1000, 40);
        QVERIFY2(picker->toolTip().contains(QStringLiteral("bid and ask")), qPrintable(picker->toolTip()));
        view.theosOutside = 0;
        view.model = "quantlib";
        view.modelAt = base::parseInstant("2026-11-20T15:00:07Z").value();
        view.modelGap = 0.00012;
        view.modelStrikes = 12;
        view.modelStrikesAsked = 25;
        m_panel->show(shared(view), 1150);
        QVERIFY2(picker->text().contains(QStringLiteral("12 of 25")), qPrintable(picker->text()));
        view.modelStrikes = 25;
        m_panel->show(shared(view), 1200);
        QVERIFY2(!picker->text().contains(QStringLiteral("25")), qPrintable(picker->text()));
        QVERIFY(picker->text().contains(QStringLiteral("QuantLib")));
        QVERIFY2(picker->toolTip().contains(QStringLiteral("10:00:07")), qPrintable(picker->toolTip()));
        QVERIFY(picker->toolTip().contains(QStringLiteral("0.00012")));
        picker->menu()->actions().last()->trigger();
        QCOMPARE(m_fixture->desk().settings().choice(desk::setting::chainModel), QStringLiteral("quantlib"));
    }

    void thePickerSaysHowFarTheNetworksGo()
    {
        const auto* const picker = m_panel->findChild<QToolButton*>(QStringLiteral("chain_model"));
        const auto choose = [&](const char* model) {
            QVERIFY(m_fixture->desk().settings().setChoice(desk::setting::chainModel, QString::fromLatin1(model)));
        };
        choose("neural");
        desk::ChainView view = chainView(587);
        view.model = "neural";
        view.networks = desk::NetworkFigures{0.021, 0.004, 80, 7, 0};
        m_panel->show(shared(view), 1100);
        QVERIFY2(picker->text().contains(QStringLiteral("Neural")), qPrintable(picker->text()));
        for (const char* const said : {"error of 0.021 dollars", "finite differences at the same inputs is 0.004",
                                       "7 of 80 options are outside"})
            QVERIFY2(picker->toolTip().contains(QString::fromLatin1(said)), qPrintable(picker->toolTip()));
        view.networks->disputed = 2;
        m_panel->show(shared(view), 1150);
        QVERIFY2(picker->text().contains(QStringLiteral("2 disputed")), qPrintable(picker->text()));
        QVERIFY2(picker->toolTip().contains(QStringLiteral("by more than is promised")), qPrintable(picker->toolTip()));

        view.networks.reset();
        view.model = "american_heston";
        view.modelNote = "without its networks (american_heston_put.network: no such file)";
        m_panel->show(shared(view), 1200);
        QVERIFY2(picker->text().contains(QStringLiteral("American Heston for Neural")), qPrintable(picker->text()));
        QVERIFY2(picker->toolTip().contains(QStringLiteral("american_heston_put.network")),
                 qPrintable(picker->toolTip()));
        choose("american_heston");
        view.modelNote.clear();
        m_panel->show(shared(view), 1250);
        QVERIFY2(picker->toolTip().contains(QStringLiteral("one solution a side")), qPrintable(picker->toolTip()));
    }

    void tradingTimeIsSaid()
    {
        desk::ChainView view = chainView(587);
        view.isTradingTime = true;
        view.years = 0.0712;
        view.varianceYears = 0.0698;
        m_panel->show(shared(view), 1100);
        const auto labels = m_panel->findChildren<QLabel*>();
        const auto said = std::ranges::find_if(
            labels, [](const QLabel* label) { return label->text().contains(QStringLiteral("trading time")); });
        QVERIFY(said != labels.end());
        QVERIFY2((*said)->toolTip().contains(QStringLiteral("0.0698")), qPrintable((*said)->toolTip()));
    }

    void onlyPricesCanBeClicked()
    {
        click(cell(590, market::Right::Call, ChainField::Iv));
        click(m_panel->model().index(3, ChainModel::strikeColumn));
        QVERIFY(legs().empty());
    }

    void aPressThatSlipsOffIsNoClick()
    {
        const QModelIndex bid = cell(590, market::Right::Call, ChainField::Bid);
        QTest::mousePress(m_table->viewport(), Qt::LeftButton, {}, at(bid));
        QTest::mouseRelease(m_table->viewport(), Qt::LeftButton, {},
                            at(cell(600, market::Right::Call, ChainField::Bid)));
        QVERIFY(legs().empty());
    }

    void draggingAStagedCellRollsIt()
    {
        const QModelIndex from = cell(590, market::Right::Call, ChainField::Bid);
        const QModelIndex to = cell(605, market::Right::Call, ChainField::Bid);
        click(from);
        click(from, Qt::ControlModifier);
        drag(from, to);
        QCOMPARE(legs().size(), std::size_t(1));
        QCOMPARE(quantity(from), 0);
        QCOMPARE(quantity(to), -2);
        QCOMPARE(legs()[0].option->strike.toDouble(), 605.0);
        // A cell that is not staged has nothing to roll.
        drag(cell(590, market::Right::Put, ChainField::Bid), cell(600, market::Right::Put, ChainField::Bid));
        QCOMPARE(legs().size(), std::size_t(1));
    }

    void keysStageLegs()
    {
        const QModelIndex volatility = cell(595, market::Right::Put, ChainField::Iv);
        m_table->setCurrentIndex(volatility);
        QTest::keyClick(m_table, Qt::Key_S);
        QCOMPARE(quantity(volatility), -1);
        QTest::keyClick(m_table, Qt::Key_Plus);
        QCOMPARE(quantity(volatility), -2);
        QTest::keyClick(m_table, Qt::Key_Minus);
        QCOMPARE(quantity(volatility), -1);
        QTest::keyClick(m_table, Qt::Key_B);
        QCOMPARE(quantity(volatility), 1);
        QTest::keyClick(m_table, Qt::Key_Down);
        QCOMPARE(m_table->currentIndex().row(), volatility.row() + 1);
        QTest::keyClick(m_table, Qt::Key_Up);
        QTest::keyClick(m_table, Qt::Key_Delete);
        QVERIFY(legs().empty());
    }

    void aLegAgainstAPositionCloses()
    {
        auto view = chainView(587);
        view.rows[18].call.position = -3; // 590
        m_panel->show(shared(view), 1010);
        click(cell(590, market::Right::Call, ChainField::Ask));
        QVERIFY(legs()[0].isClosing);
        m_fixture->staged().clear();
        click(cell(590, market::Right::Call, ChainField::Bid)); // sells more of what is short
        QVERIFY(!legs()[0].isClosing);
    }

    void thePlaceSurvivesAReset()
    {
        m_table->setCurrentIndex(cell(590, market::Right::Put, ChainField::Bid));
        m_panel->show(shared(chainView(607)), 1010); // the window of strikes moves
        QCOMPARE(m_table->currentIndex(), cell(590, market::Right::Put, ChainField::Bid));
    }

    void theHeaderSumsUp()
    {
        QStringList words;
        for (const QLabel* const label : m_panel->titleExtras()->findChildren<QLabel*>())
            words << label->text();
        const QString header = words.join(QLatin1Char('|'));
        for (const QString& wanted : {QStringLiteral("SPY"), QStringLiteral("587.00"), QStringLiteral("▲\u20091.83"),
                                      QStringLiteral("IV 15.2\u2009%"), QStringLiteral("expected move ±25.93")})
            QVERIFY2(header.contains(wanted), qPrintable(header));
    }

    void expirationsAreChips()
    {
        const auto chips = m_panel->findChildren<QPushButton*>(QRegularExpression(QStringLiteral("^expiration_\\d+$")));
        QCOMPARE(chips.size(), 3);
        QCOMPARE(chips[2]->text(), QStringLiteral("18 Dec · 18d"));
        QVERIFY(chips[2]->isChecked());
        QVERIFY(!chips[0]->isChecked());
        QTest::keyClick(m_table, Qt::Key_BracketLeft);
        QVERIFY(chips[1]->isChecked());
        QTest::keyClick(m_table, Qt::Key_BracketRight);
        QTest::keyClick(m_table, Qt::Key_BracketRight); // no further than the last
        QVERIFY(chips[2]->isChecked());
    }

    void chipsWithoutRoomWaitInAMenu()
    {
        auto view = chainView(587);
        view.layout = 2;
        for (int week = 0; week < 30; ++week) {
            auto tab = view.tabs.back();
            tab.date += std::chrono::days(7);
            view.tabs.push_back(tab);
        }
        view.selected = 30;
        m_panel->show(shared(view), 1010);
        auto* const strip = m_panel->findChild<ExpirationStrip*>();
        auto* const more = strip->findChild<QToolButton*>(QStringLiteral("more_expirations"));
        QVERIFY(!more->isHidden());
        QVERIFY(!strip->findChild<QPushButton*>(QStringLiteral("expiration_30"))->isHidden()); // the chosen one is seen
        QVERIFY(strip->findChild<QPushButton*>(QStringLiteral("expiration_29"))->isHidden());
        int hidden = 0;
        for (const QPushButton* const chip : strip->findChildren<QPushButton*>()) {
            hidden += chip->isHidden();
            QVERIFY(chip->isHidden() || chip->geometry().right() < strip->width());
        }
        Q_EMIT more->menu()->aboutToShow();
        QCOMPARE(static_cast<int>(more->menu()->actions().size()), hidden);
        QSignalSpy chosen(strip, &ExpirationStrip::chosen);
        more->menu()->actions().constLast()->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(strip->selected(), std::size_t(32));
    }

    void chosenColumnsAreKept()
    {
        const int gamma = ChainModel::columnOf(market::Right::Put, ChainField::Gamma);
        QVERIFY(m_table->isColumnHidden(gamma));
        auto* const button = m_panel->titleExtras()->findChild<QToolButton*>(QStringLiteral("chain_columns"));
        Q_EMIT button->menu()->aboutToShow();
        for (QAction* const action : button->menu()->actions())
            if (action->text() == ChainModel::fieldTitle(ChainField::Gamma))
                action->trigger();
        QVERIFY(!m_table->isColumnHidden(gamma));
        OptionChainPanel again(m_fixture->context());
        QVERIFY(!again.findChild<ChainTable*>()->isColumnHidden(gamma));
        QVERIFY(again.findChild<ChainTable*>()->isColumnHidden(
            ChainModel::columnOf(market::Right::Call, ChainField::Mark)));
    }

    void theNumberOfStrikesIsASetting()
    {
        QCOMPARE(m_panel->model().rowCount(), 24);
        QVERIFY(m_fixture->desk().settings().setNumber(desk::setting::strikesAround, 6));
        m_panel->show(shared(chainView(587)), 1010);
        QCOMPARE(m_panel->model().rowCount(), 12);
    }

    void anEmptyChainSaysWhy()
    {
        desk::ChainView empty;
        empty.layout = 7;
        empty.why = "loading";
        const QImage full = m_table->viewport()->grab().toImage();
        m_panel->show(shared(empty), 1010);
        QCOMPARE(m_panel->model().rowCount(), 0);
        const QImage words = m_table->viewport()->grab().toImage();
        m_table->setEmptyText({});
        const QImage nothing = m_table->viewport()->grab().toImage();
        QVERIFY(words != nothing);
        QVERIFY(words != full);
    }

    void stagedAndDoubtfulCellsLookDifferent()
    {
        const QModelIndex bid = cell(590, market::Right::Call, ChainField::Bid);
        const QRect rect = m_table->visualRect(bid);
        const QImage plain = m_table->viewport()->grab(rect).toImage();
        m_fixture->staged().add(
            {legs().empty() ? m_panel->model().cell(bid.row(), bid.column())->symbol : std::string(),
             "SPY",
             market::InstrumentType::EquityOption,
             {},
             -1,
             false});
        const QImage staged = m_table->viewport()->grab(rect).toImage();
        QVERIFY(plain != staged);
        m_fixture->staged().clear();
        auto view = chainView(587);
        view.rows[18].call.flags.set(market::QuoteFlag::Stale);
        m_panel->show(shared(view), 5000);
        QVERIFY(m_table->viewport()->grab(rect).toImage() != plain);
    }

private:
    QModelIndex cell(double strike, market::Right side, ChainField field) const
    {
        return m_panel->model().index(m_panel->model().rowOfStrike(strike), ChainModel::columnOf(side, field));
    }
    QPoint at(const QModelIndex& index) const { return m_table->visualRect(index).center(); }
    void click(const QModelIndex& index, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, keys, at(index));
    }
    void drag(const QModelIndex& from, const QModelIndex& to)
    {
        QTest::mousePress(m_table->viewport(), Qt::LeftButton, {}, at(from));
        QMouseEvent move(QEvent::MouseMove, at(to), m_table->viewport()->mapToGlobal(at(to)), Qt::NoButton,
                         Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_table->viewport(), &move);
        QTest::mouseRelease(m_table->viewport(), Qt::LeftButton, {}, at(to));
    }
    const std::vector<StagedLeg>& legs() const { return m_fixture->staged().legs(); }
    int quantity(const QModelIndex& index) const
    {
        return static_cast<int>(
            m_fixture->staged().quantityOf(m_panel->model().cell(index.row(), index.column())->symbol));
    }

    std::unique_ptr<test::DeskFixture> m_fixture;
    std::unique_ptr<OptionChainPanel> m_panel;
    ChainTable* m_table = nullptr;
};

QTEST_MAIN(OptionChainTest)
#include "option_chain_test.moc"
