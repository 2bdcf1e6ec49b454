#include "ui/panels/volatility_surface.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/heston_plot.h"
#include "ui/plots/smile_plot.h"
#include "ui/plots/surface_3d.h"
#include "ui/plots/surface_map.h"
#include "ui/theme/format.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
const QString pageKey = QStringLiteral("surface/page");
constexpr double daysPerYear = 365;
/// Densities are drawn where there is something to see.
constexpr double densityFloor = 1e-3; ///< of the highest

QString sliceName(const desk::SurfaceSlice& slice, const desk::SurfaceView& view)
{
    const bool isAmbiguous = std::ranges::count(view.slices, slice.date, &desk::SurfaceSlice::date) > 1;
    return isAmbiguous ? shortDateText(slice.date) + u' ' + text(slice.root) : shortDateText(slice.date);
}

/// The same with the year where it is not the next months'.
QString datedName(const desk::SurfaceSlice& slice, const desk::SurfaceView& view)
{
    constexpr double unmistaken = 0.9; // years
    const QString name = sliceName(slice, view);
    return slice.years < unmistaken ? name : QString(name).replace(shortDateText(slice.date), dateText(slice.date));
}

/// Of the curve over the view's grid, the part inside `where`.
CurvePlot::Curve part(const desk::SurfaceView& view, const QVector<double>& ys, const desk::MoneynessRange& where)
{
    CurvePlot::Curve piece;
    for (std::size_t i = 0; i < view.moneyness.size(); ++i)
        if (view.moneyness[i] >= where.from && view.moneyness[i] <= where.to) {
            piece.xs << view.moneyness[i];
            piece.ys << ys[static_cast<qsizetype>(i)];
        }
    return piece;
}

/// As the summary writes Heston's parameters.
QString symbolOf(std::string_view parameter)
{
    if (parameter == "v0")
        return QStringLiteral("v₀");
    return parameter == "kappa"   ? QStringLiteral("κ")
           : parameter == "theta" ? QStringLiteral("θ")
           : parameter == "sigma" ? QStringLiteral("σ")
                                  : QStringLiteral("ρ");
}

QString days(double count)
{
    return VolatilitySurfacePanel::tr("%n d", "days, short", static_cast<int>(std::lround(count)));
}
} // namespace

VolatilitySurfacePanel::VolatilitySurfacePanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_view(std::make_shared<const desk::SurfaceView>()),
      m_extras(new QWidget(this)), m_verdict(makeLabel({}, "dim", m_extras)), m_empty(makeLabel({}, "dim", this)),
      m_summary(makeLabel({}, "label", this)), m_choice(new QButtonGroup(this)),
      m_axis(new QPushButton(tr("ln K/F"), this)), m_stack(new QStackedWidget(this)), m_pages(new QStackedWidget(this)),
      m_map(new SurfaceMap(context.theme, this)), m_body(new Surface3d(context.theme, this)),
      m_smiles(new SmilePlot(context.theme, this)), m_term(new CurvePlot(context.theme, this)),
      m_variance(new CurvePlot(context.theme, this)), m_density(new CurvePlot(context.theme, this)),
      m_heston(new HestonPlot(context.theme, this))
{
    auto* const extras = new QHBoxLayout(m_extras);
    extras->setContentsMargins(0, 0, 0, 0);
    extras->addStretch(1);
    extras->addWidget(m_verdict);

    m_map->setAccessibleName(tr("heat map of the volatility surface"));
    m_smiles->setObjectName(QStringLiteral("smiles_plot"));
    m_smiles->setAccessibleName(tr("implied volatility over strikes"));
    m_term->setAccessibleName(tr("at-the-money volatility over time to expiry"));
    m_term->setAxes(days, 5, [](double iv) { return percent(iv); }, 4);
    const auto moneyness = [](double k) { return signedPercent(std::expm1(k), 0); };
    m_variance->setAccessibleName(tr("total variance over log-moneyness"));
    m_variance->setAxes(moneyness, 5, [](double w) { return number(w, 4); }, 4);
    m_variance->setFromZero(true);
    m_variance->setNamesAtEnds(true);
    m_density->setAccessibleName(tr("risk-neutral density of the underlying at expiry"));
    m_density->setAxes(moneyness, 5, [](double density) { return number(density, 1); }, 4);
    m_density->setFromZero(true);
    m_heston->setAccessibleName(tr("parameters of the Heston model over time"));

    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, 0);
    bar->setSpacing(2);
    const std::array<std::tuple<QString, QString, QWidget*>, pageCount> pages{{
        {tr("Map"), tr("Heat map: moneyness across, expirations down"), m_map},
        {tr("3-D"), tr("The surface as a body; drag to turn it"), m_body},
        {tr("Smiles"), tr("Quotes with their spreads, and the fitted curves"), m_smiles},
        {tr("Term"), tr("At-the-money volatility over time to expiry"), m_term},
        {tr("Variance"), tr("Total variance: curves that cross or bulge mean arbitrage"), m_variance},
        {tr("Density"), tr("What the prices say of where the underlying will be"), m_density},
        {tr("Heston"), tr("The Heston model fitted to the chain, over time"), m_heston},
    }};
    for (int page = 0; page < pageCount; ++page) {
        const auto& [words, help, widget] = pages[static_cast<std::size_t>(page)];
        m_pages->addWidget(widget);
        auto* const button = new QPushButton(words, this);
        button->setProperty("kind", QStringLiteral("segment"));
        button->setProperty("dense", true); // all of them fit the shipped column
        button->setCheckable(true);
        button->setToolTip(help);
        m_choice->addButton(button, page);
        bar->addWidget(button);
    }
    bar->addStretch(1);
    m_axis->setProperty("kind", QStringLiteral("segment"));
    m_axis->setCheckable(true);
    m_axis->setToolTip(tr("Log-moneyness along the axis instead of strikes, so that expirations compare"));
    connect(m_axis, &QPushButton::toggled, this,
            [this](bool isOn) { m_smiles->setAxis(isOn ? SmilePlot::Axis::LogMoneyness : SmilePlot::Axis::Strike); });
    connect(m_choice, &QButtonGroup::idClicked, this, [this](int page) {
        setPage(page);
        m_context.desk.settings().setBytes(pageKey, QByteArray::number(page));
    });

    auto* const page = new QWidget(m_stack);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_pages, 1);
    // One page's own button stands down here: in the bar it would make that page wider than the others, and the dock with it.
    auto* const foot = new QHBoxLayout;
    foot->setContentsMargins(Theme::unit, 0, Theme::unit, Theme::unit / 2);
    foot->setSpacing(Theme::unit);
    m_summary->setObjectName(QStringLiteral("surface_summary"));
    m_summary->setWordWrap(true);
    foot->addWidget(m_summary, 1);
    foot->addWidget(m_axis, 0, Qt::AlignBottom);
    column->addLayout(foot);

    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setPage(m_context.desk.settings().bytes(pageKey).toInt());
}

QWidget* VolatilitySurfacePanel::titleExtras()
{
    return m_extras;
}

void VolatilitySurfacePanel::setPage(int page)
{
    const int bounded = page >= 0 && page < pageCount ? page : 0;
    m_choice->button(bounded)->setChecked(true);
    m_pages->setCurrentIndex(bounded);
    m_axis->setVisible(bounded == Smiles);
    fillPage();
    sayQuality();
}

void VolatilitySurfacePanel::refresh()
{
    show(m_context.desk.surface());
}

void VolatilitySurfacePanel::show(std::shared_ptr<const desk::SurfaceView> view)
{
    if (view == m_view)
        return;
    m_view = std::move(view);
    const bool isEmpty = m_view->slices.empty();
    m_empty->setText(m_view->underlying.empty() ? tr("Choose a symbol in the watchlist to see its volatility surface")
                                                : tr("Waiting for quotes of %1 options").arg(text(m_view->underlying)));
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
    fillPage();
    sayQuality();
}

void VolatilitySurfacePanel::sayQuality()
{
    const std::size_t violations = m_view->violations();
    if (std::isnan(m_view->fitError)) {
        m_verdict->clear();
    } else {
        m_verdict->setText(violations == 0 ? tr("no arbitrage")
                                           : tr("%n violation(s)", nullptr, static_cast<int>(violations)));
        setLook(*m_verdict, "tone", violations == 0 ? QStringLiteral("gain") : QStringLiteral("warning"));
    }
    const auto [words, help] = summary();
    const bool isOld = !words.isEmpty() && m_view->oldSince != base::Instant{};
    m_summary->setText(isOld ? words + QStringLiteral(" · ") + oldWords(m_view->oldSince) : words);
    m_summary->setToolTip(help);
}

/// Beside the parameters, and in the tooltip: a parameter at an end of its range is no finding.
std::pair<QString, QString> VolatilitySurfacePanel::edgeWords(const desk::HestonFit& fit)
{
    if (fit.atEdge.empty())
        return {};
    QStringList names;
    for (const std::string& each : fit.atEdge)
        names << symbolOf(each);
    return {tr(" · at its limit: %1").arg(names.join(QStringLiteral(", "))),
            QLatin1Char(' ') + tr("What is at its limit the quotes would have further out, or do not tell.")};
}

std::pair<QString, QString> VolatilitySurfacePanel::neuralSummary(const desk::HestonFit& fit)
{
    const QString left =
        fit.outside == 0
            ? QString()
            : QLatin1Char(' ') + tr("%n quote(s) lie outside what the networks were trained for and did not count.",
                                    nullptr, static_cast<int>(fit.outside));
    const auto [edge, edgeHelp] = edgeWords(fit);
    return {
        tr("by networks: v₀ %1 · κ %2 · θ %3 · σ %4 · ρ %5 · error %6 vol points · %7 ms")
                .arg(number(fit.v0, 4), number(fit.kappa, 2), number(fit.theta, 4), number(fit.sigma, 2),
                     number(fit.rho, 2), number(100 * fit.error, 2), number(1000 * fit.seconds, 0)) +
            edge,
        tr("Fitted by the networks to %1 American prices as they are traded, out of the money, over the whole chain, "
           "weighted as for the other models, in %2 ms; the error is the root mean square, put into volatility.")
                .arg(fit.quotes)
                .arg(number(1000 * fit.seconds, 1)) +
            left + edgeHelp};
}

std::pair<QString, QString> VolatilitySurfacePanel::summary() const
{
    if (m_pages->currentIndex() == Heston && !m_view->hestonNote.empty())
        return {text(m_view->hestonNote), {}};
    if (m_pages->currentIndex() == Heston && !m_view->heston.empty()) {
        const desk::HestonFit& fit = m_view->heston.back();
        if (fit.isNeural)
            return neuralSummary(fit);
        const auto [edge, edgeHelp] = edgeWords(fit);
        return {tr("v₀ %1 · κ %2 · θ %3 · σ %4 · ρ %5 · error %6 vol points")
                        .arg(number(fit.v0, 4), number(fit.kappa, 2), number(fit.theta, 4), number(fit.sigma, 2),
                             number(fit.rho, 2), number(100 * fit.error, 2)) +
                    edge,
                tr("Variance now, speed of its return, variance in the long run, volatility of variance, and its "
                   "correlation with the price; the error is the root mean square over the chain.") +
                    edgeHelp};
    }
    if (m_pages->currentIndex() == Density && m_view->selected < m_view->slices.size() &&
        std::isfinite(m_view->slices[m_view->selected].expectedMove)) {
        const desk::SurfaceSlice& slice = m_view->slices[m_view->selected];
        return {tr("%1 · one standard deviation ±%2 · straddle ±%3")
                    .arg(sliceName(slice, *m_view), number(slice.expectedMove, 2), number(slice.straddle, 2)),
                tr("How far %1 may go until %2, in dollars: about two thirds of outcomes stay within one standard "
                   "deviation; the straddle is the mean move, either way. From the fitted curve: what the market "
                   "charges for, not what it foresees.")
                    .arg(text(m_view->underlying), dateText(slice.date))};
    }
    if (std::isnan(m_view->fitError))
        return {};
    const QString basis = m_view->isTradingTime ? tr(" · trading time") : QString();
    const QString time = tr("The last fit took %1 ms.").arg(number(1000 * m_view->fitSeconds, 1));
    return {tr("%1 · fit error %2 vol points · outside bid and ask: %3 of %4")
                    .arg(text(m_view->underlying), number(100 * m_view->fitError, 2))
                    .arg(m_view->outside)
                    .arg(m_view->quotes) +
                basis,
            tr("Of %1 quotes the fitted curve lies outside bid and ask at %2, in volatility. The fit error is the root "
               "mean square of the curve less the mids. %3")
                .arg(m_view->quotes)
                .arg(m_view->outside)
                .arg(time)};
}

void VolatilitySurfacePanel::fillPage()
{
    switch (m_pages->currentIndex()) {
    case Map:
        return m_map->setSurface(m_view);
    case Body:
        return m_body->setSurface(m_view);
    case Smiles:
        return m_smiles->setSurface(m_view);
    case Term:
        return fillTerm();
    case Variance:
        return fillVariance();
    case Density:
        return fillDensity();
    case Heston:
        return m_heston->setFits(m_view->heston);
    default:
        break;
    }
}

void VolatilitySurfacePanel::fillTerm()
{
    CurvePlot::Curve curve{tr("at the money"), {}, {}, true, true};
    for (const desk::SurfaceSlice& slice : m_view->slices) {
        curve.xs << slice.years * daysPerYear;
        curve.ys << slice.atmVolatility;
    }
    m_term->setCurves({std::move(curve)});
}

void VolatilitySurfacePanel::fillVariance()
{
    std::vector<CurvePlot::Curve> curves, marks;
    std::vector<std::size_t> curveOf(m_view->slices.size());
    for (std::size_t i = 0; i < m_view->slices.size(); ++i) {
        const desk::SurfaceSlice& slice = m_view->slices[i];
        if (!slice.isFitted)
            continue;
        curveOf[i] = curves.size();
        CurvePlot::Curve curve{datedName(slice, *m_view), {}, {}, i == m_view->selected, false};
        for (std::size_t j = 0; j < m_view->moneyness.size(); ++j) {
            curve.xs << m_view->moneyness[j];
            curve.ys << slice.fit[j] * slice.fit[j] * slice.varianceYears;
        }
        for (const desk::MoneynessRange& where : slice.butterflies)
            marks.push_back(part(*m_view, curve.ys, where));
        curves.push_back(std::move(curve));
    }
    for (const desk::CalendarCrossing& crossing : m_view->crossings)
        marks.push_back(part(*m_view, curves[curveOf[crossing.later]].ys, crossing.where));
    m_variance->setCurves(std::move(curves));
    m_variance->setMarks(std::move(marks));
}

void VolatilitySurfacePanel::fillDensity()
{
    // The chosen expiration and its neighbours in time; more densities than that are a thicket.
    std::vector<CurvePlot::Curve> curves, marks;
    const std::size_t chosen = std::min(m_view->selected, m_view->slices.empty() ? 0 : m_view->slices.size() - 1);
    for (std::size_t i = chosen > 1 ? chosen - 1 : 0; i < m_view->slices.size() && i <= chosen + 1; ++i) {
        const desk::SurfaceSlice& slice = m_view->slices[i];
        if (!slice.isFitted || slice.density.empty())
            continue;
        const double floor = densityFloor * std::ranges::max(slice.density);
        CurvePlot::Curve curve{sliceName(slice, *m_view), {}, {}, i == m_view->selected, false};
        for (std::size_t j = 0; j < m_view->moneyness.size(); ++j)
            if (std::abs(slice.density[j]) >= floor) {
                curve.xs << m_view->moneyness[j];
                curve.ys << slice.density[j];
            }
        curves.push_back(std::move(curve));
        const QVector<double> whole(slice.density.begin(), slice.density.end());
        for (const desk::MoneynessRange& where : slice.butterflies)
            marks.push_back(part(*m_view, whole, where));
    }
    m_density->setCurves(std::move(curves));
    m_density->setMarks(std::move(marks));
}

} // namespace vegadesk::ui
