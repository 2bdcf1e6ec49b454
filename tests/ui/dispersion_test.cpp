#include "desk_fixture.h"
#include "find_in.h"
#include "no_warnings.h"
#include "ui/models/dispersion_model.h"
#include "ui/panels/dispersion.h"
#include "ui/plots/correlation_plot.h"
#include "ui/theme/format.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using test::named;
using test::words;
using ui::DispersionModel;

namespace
{

/// A session of 300 days whose implied correlation rises to 0.59, beside a realised one of 0.3.
std::shared_ptr<desk::DispersionView> someView()
{
    auto view = std::make_shared<desk::DispersionView>();
    const base::Date firstDay = base::makeDate(2026, 1, 5);
    auto history = std::make_shared<desk::DispersionHistory>();
    for (int day = 0; day < 300; ++day)
        history->push_back({firstDay + std::chrono::days(day), 0.3 + 0.001 * day, 0.4 + 0.001 * day, 0.3});
    view->history = history;
    view->at = base::Instant((firstDay + std::chrono::days(301)).time_since_epoch()) + std::chrono::hours(15);
    view->index.symbol = "SPY";
    view->index.implied = 0.16;
    view->index.realisedMonth = 0.12;
    view->index.realisedQuarter = 0.13;
    view->index.hasDays = true;
    for (const char* const symbol : {"AAPL", "MSFT", "NVDA"}) {
        desk::DispersionRow row;
        row.symbol = symbol;
        row.weight = 0.07;
        row.share = 1.0 / 3;
        row.implied = 0.28;
        row.realisedMonth = 0.25;
        row.realisedQuarter = 0.24;
        row.hasDays = true;
        view->members.push_back(row);
    }
    view->exact = 0.6;
    view->proxy = 0.7;
    view->coverage = 1;
    view->known = 3;
    view->realisedMonth = 0.31;
    view->realisedQuarter = 0.29;
    view->pairwiseMonth = 0.27;
    view->pairwiseQuarter = 0.26;
    view->percentile = 0.98;
    view->median = 0.47;
    return view;
}

void hold(desk::DispersionView& view)
{
    desk::GreekSums greeks;
    greeks.dollarDelta = -1'234;
    greeks.theta = 12.5;
    greeks.vega = -310;
    view.index.held = {greeks, -1'234};
    view.residual = {.dollarDelta = -1'234,
                     .betaDelta = -1'100,
                     .gamma = -56,
                     .theta = 12.5,
                     .indexVega = -310,
                     .memberVega = 295,
                     .vegaRatio = 0.95,
                     .thetaRatio = 0.72,
                     .hasPositions = true};
}

} // namespace

class DispersionPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        test::failOnWarnings();
        m_fixture = std::make_unique<test::DeskFixture>();
        m_fixture->theme().apply();
        m_panel = std::make_unique<ui::DispersionPanel>(m_fixture->context());
        m_panel->resize(1033, 360);
        m_panel->show();
    }
    void cleanup()
    {
        m_panel.reset();
        m_fixture.reset();
    }

    void nothingIsSaidInASentence()
    {
        m_panel->refresh(); // the desk has never started
        QVERIFY(named<QLabel>(*m_panel, "dispersion_empty")->isVisible());
        QVERIFY(words(*m_panel, "dispersion_empty").size() > 20);
    }

    void figuresAreSaid()
    {
        m_panel->draw(someView());
        QCOMPARE(
            words(*m_panel, "dispersion_now"),
            QStringLiteral("SPY: implied correlation 0.60 (proxy 0.70), realised 0.31 over 21 days and 0.29 over 63"));
        QCOMPARE(words(*m_panel, "dispersion_place"),
                 QStringLiteral("above %1 of the last year's days, whose median is 0.47 · "
                                "pairs moved with 0.27 over 21 days and 0.26 over 63")
                     .arg(ui::percent(0.98, 0)));
        QCOMPARE(cell(0, DispersionModel::NameColumn), QStringLiteral("SPY"));
        QCOMPARE(cell(0, DispersionModel::WeightColumn), QString()); // it is what they are weights of
        QCOMPARE(cell(0, DispersionModel::ImpliedColumn), ui::percent(0.16));
        QCOMPARE(cell(1, DispersionModel::NameColumn), QStringLiteral("AAPL"));
        QCOMPARE(cell(1, DispersionModel::WeightColumn), ui::percent(0.07));
        QCOMPARE(cell(3, DispersionModel::MonthColumn), ui::percent(0.25));
        QCOMPARE(cell(3, DispersionModel::QuarterColumn), ui::percent(0.24));
        QCOMPARE(cell(3, DispersionModel::VegaColumn), QString()); // nothing held
        QVERIFY(!named<QLabel>(*m_panel, "dispersion_missing")->isVisible());
        QCOMPARE(words(*m_panel, "dispersion_residual"), QStringLiteral("Nothing is held in SPY or these members."));
    }

    void whatIsHeldIsSaidTogether()
    {
        const auto view = someView();
        hold(*view);
        m_panel->draw(view);
        QCOMPARE(words(*m_panel, "dispersion_residual"),
                 QStringLiteral("Held together: Δ −1,234 $ · β Δ −1,100 $ · Γ −56 $ for 1 % · Θ 12.5 $ a day · "
                                "vega index −310.0, members 295.0 · ratio 0.95 (even vega 1, even theta 0.72)"));
        QCOMPARE(cell(0, DispersionModel::DollarDeltaColumn), QStringLiteral("−1,234"));
        QCOMPARE(cell(0, DispersionModel::VegaColumn), QStringLiteral("−310.0"));

        const auto part = someView();
        hold(*part);
        part->residual.dollarDelta = part->residual.vegaRatio = desk::unknown;
        part->residual.unknownCount = 2;
        m_panel->draw(part);
        const QString said = words(*m_panel, "dispersion_residual");
        QVERIFY2(said.contains(QStringLiteral("Δ – $")) && !said.contains(QStringLiteral("ratio")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("2 position")), qPrintable(said));
    }

    void whatIsMissingIsSaid_data()
    {
        QTest::addColumn<int>("gap");
        QTest::addColumn<QString>("sentence");
        const auto row = [](desk::DispersionGap gap, const char* sentence) {
            QTest::newRow(sentence) << static_cast<int>(gap) << QString::fromLatin1(sentence);
        };
        row(desk::DispersionGap::Quotes, "AAPL has no quotes yet");
        row(desk::DispersionGap::Listing, "the listing of AAPL has not come yet");
        row(desk::DispersionGap::NotKnown, "AAPL is not known here");
        row(desk::DispersionGap::NoOptions, "no options are listed on AAPL");
    }

    void whatIsMissingIsSaid()
    {
        QFETCH(int, gap);
        QFETCH(QString, sentence);
        const auto view = someView();
        view->members[0].gap = static_cast<desk::DispersionGap>(gap);
        view->members[0].implied = view->members[0].share = desk::unknown;
        view->members[2].hasDays = false;
        view->known = 2;
        view->coverage = 2.0 / 3;
        m_panel->draw(view);
        QCOMPARE(
            words(*m_panel, "dispersion_missing"),
            QStringLiteral("Not in the implied correlation: %1. Daily bars have not come yet: NVDA.").arg(sentence));
        QVERIFY(named<QLabel>(*m_panel, "dispersion_missing")->isVisible());
        QVERIFY(words(*m_panel, "dispersion_place")
                    .endsWith(QStringLiteral("of 2 of 3 members, %1 of their weight").arg(ui::percent(2.0 / 3, 0))));
        QCOMPARE(cell(1, DispersionModel::ImpliedColumn), QStringLiteral("–"));
        const auto* const model = named<QTableView>(*m_panel, "dispersion_members")->model();
        QCOMPARE(model->data(model->index(1, DispersionModel::NameColumn), Qt::ToolTipRole).toString(), sentence);
    }

    void oldQuotesAndBareBarsAreSaid()
    {
        const auto view = someView();
        view->index.isOld = true;
        auto bare = std::make_shared<desk::DispersionHistory>(*view->history);
        for (desk::DispersionDay& day : *bare)
            day.exact = day.proxy = desk::unknown;
        view->history = bare;
        m_panel->draw(view);
        const QString said = words(*m_panel, "dispersion_missing");
        QVERIFY2(said.contains(QStringLiteral("carry no implied volatilities")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("No new quotes")), qPrintable(said));
    }

    void theSpanIsChosen()
    {
        m_panel->draw(someView());
        const auto* const plot = named<ui::CorrelationPlot>(*m_panel, "dispersion_plot");
        QCOMPARE(plot->first(), 48U); // a year of 300 days
        test::choose(*m_panel, "dispersion_spans", 0);
        QCOMPARE(plot->first(), 300U - 63U);
        test::choose(*m_panel, "dispersion_spans", 2);
        QCOMPARE(plot->first(), 0U);
    }

    void allThreeAreDrawnAndRead()
    {
        m_panel->draw(someView());
        auto* const plot = named<ui::CorrelationPlot>(*m_panel, "dispersion_plot");
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        plot->replot();
        const QCPGraph *const proxy = plot->graph(0), *const realised = plot->graph(1), *const exact = plot->graph(2);
        QCOMPARE(realised->dataCount(), 252);
        QCOMPARE(exact->dataCount(), 253); // and today's
        QCOMPARE(proxy->dataCount(), 253);
        QCOMPARE((exact->data()->constEnd() - 1)->value, 0.6);
        QVERIFY(proxy->pen().widthF() < exact->pen().widthF());
        QCOMPARE(exact->pen().color(), m_fixture->theme().color(ui::Role::Accent));
        QCOMPARE(realised->pen().color(), m_fixture->theme().color(ui::Role::Warning));
        QCOMPARE(plot->legend->itemCount(), 3);
        QTest::mouseMove(plot, plot->axisRect()->center());
        const auto text = plot->findChildren<QCPItemText*>();
        QVERIFY(!text.isEmpty());
        QVERIFY2(text.front()->text().contains(QStringLiteral("realised 0.30")), qPrintable(text.front()->text()));
    }

    void theBasketIsTypedInPlace()
    {
        m_panel->draw(someView());
        desk::Settings& settings = m_fixture->desk().settings();
        auto* const basket = named<QLineEdit>(*m_panel, "dispersion_basket");
        const auto* const problem = named<QLabel>(*m_panel, "dispersion_problem");
        QVERIFY(basket->text().startsWith(QStringLiteral("SPY = NVDA 0.077, ")));
        const auto type = [&](const QString& text) {
            basket->setText(text);
            QTest::keyClick(basket, Qt::Key_Return);
        };
        type(QStringLiteral("qqq = aapl 0.09, msft 8"));
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(QStringLiteral("weight of MSFT \"8\"")), qPrintable(problem->text()));
        QCOMPARE(basket->text(), QStringLiteral("qqq = aapl 0.09, msft 8")); // to be mended
        QVERIFY(desk::basketOf(settings) == desk::shippedBasket());

        type(QStringLiteral("qqq = aapl 0.09, msft 0.08"));
        QVERIFY(!problem->isVisible());
        QCOMPARE(basket->text(), QStringLiteral("QQQ = AAPL 0.09, MSFT 0.08"));
        QCOMPARE(desk::basketOf(settings).index, std::string("QQQ"));
        type({});
        QVERIFY(desk::basketOf(settings) == desk::shippedBasket());
        QVERIFY(basket->text().startsWith(QStringLiteral("SPY = NVDA 0.077, ")));
    }

    void theLeastSizeCutsNoWords()
    {
        const auto view = someView();
        hold(*view);
        view->members[0].gap = desk::DispersionGap::Quotes;
        m_panel->draw(view);
        const QSize least = m_panel->minimumSizeHint();
        QVERIFY2(least.width() <= 360 && least.height() <= 330,
                 qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
        for (const QSize size : {QSize(1033, 360), QSize(420, 560), QSize(least.width(), 640)}) {
            m_panel->resize(size);
            QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
            QCoreApplication::processEvents();
            for (const auto* const label : m_panel->findChildren<QLabel*>()) {
                if (!label->isVisible() || label->text().isEmpty())
                    continue;
                const QRect needed = label->fontMetrics().boundingRect(QRect(0, 0, label->contentsRect().width(), 1000),
                                                                       Qt::TextWordWrap, label->text());
                QVERIFY2(needed.height() <= label->contentsRect().height() + 1, qPrintable(label->objectName()));
            }
        }
    }

private:
    QString cell(int row, int column) const
    {
        const auto* const model = named<QTableView>(*m_panel, "dispersion_members")->model();
        return model->data(model->index(row, column)).toString();
    }

    std::unique_ptr<test::DeskFixture> m_fixture;
    std::unique_ptr<ui::DispersionPanel> m_panel;
};

QTEST_MAIN(DispersionPanelTest)
#include "dispersion_test.moc"
