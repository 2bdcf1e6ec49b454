#include "ui/panels/alerts.h"

#include "ui/models/alerts_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
constexpr int wideDigits = 80; ///< from that many of the body font on there is room for everything
}

AlertsPanel::AlertsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_pages(new QStackedLayout), m_model(new AlertsModel(context.theme, this)),
      m_view(new QTableView(this)), m_empty(makeLabel({}, "dim", this)), m_webhook(makeLabel({}, "warning", this)),
      m_seen(new QPushButton(tr("Mark all seen"), this)), m_copy(new QPushButton(tr("Copy"), this))
{
    m_view->setObjectName(QStringLiteral("alerts_view"));
    m_view->setAccessibleName(tr("Alerts"));
    m_view->setModel(m_model);
    prepareTable(*m_view, m_context.theme, AlertsModel::TextColumn);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {18, 40, 36});
    connect(&m_context.theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));
    auto* const shortcut = new QShortcut(QKeySequence(QKeySequence::Copy), m_view);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, &AlertsPanel::copy);

    m_empty->setObjectName(QStringLiteral("alerts_empty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_webhook->setObjectName(QStringLiteral("alerts_webhook"));
    m_webhook->setWordWrap(true);
    m_webhook->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    m_webhook->hide();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);

    m_seen->setObjectName(QStringLiteral("alerts_seen"));
    m_copy->setObjectName(QStringLiteral("alerts_copy"));
    m_copy->setToolTip(tr("The selected lines, or all of them"));
    auto* const rules = new QPushButton(tr("Rules…"), this);
    rules->setObjectName(QStringLiteral("alerts_rules"));
    rules->setToolTip(tr("Which figures are watched, and where you hear of them"));
    connect(m_seen, &QPushButton::clicked, this, [this] { m_context.desk.markAlertsSeen(); });
    connect(m_copy, &QPushButton::clicked, this, &AlertsPanel::copy);
    connect(rules, &QPushButton::clicked, this, [this] { Q_EMIT alertAsked({}); });

    auto* const footer = new QHBoxLayout;
    footer->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit / 2);
    footer->setSpacing(Theme::unit);
    footer->addWidget(rules);
    footer->addStretch();
    footer->addWidget(m_copy);
    footer->addWidget(m_seen);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_pages, 1);
    column->addWidget(m_webhook);
    column->addLayout(footer);
}

void AlertsPanel::refresh()
{
    const std::shared_ptr<const desk::AlertsView> view = m_context.desk.alerts();
    if (view->version == m_version)
        return;
    m_version = view->version;
    draw(*view);
}

void AlertsPanel::draw(const desk::AlertsView& view)
{
    m_model->update(view);
    m_pages->setCurrentIndex(view.lines.empty() ? 0 : 1);
    const auto watched = std::ranges::count(view.rules, true, &monitoring::AlertRule::isOn);
    m_empty->setText(
        watched == 0 ? tr("No rule is watched yet. “Rules…” makes one, and so does “Alert me when…” in the menu of a "
                          "risk gauge, a watched symbol or a position. Assignments and ex-dividend dates of what "
                          "you hold are always told.")
                     : tr("Nothing to tell. %n rule(s) watched, beside assignments and ex-dividend dates of what "
                          "you hold.",
                          nullptr, static_cast<int>(watched)));
    m_webhook->setText(text(view.webhookWhy));
    m_webhook->setVisible(!view.webhookWhy.empty());
    m_seen->setEnabled(view.unseen > 0);
    m_copy->setEnabled(!view.lines.empty());
}

void AlertsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    // What is said has the room: the rule is in its tooltip, and so is the day.
    const int digit = fontMetrics().horizontalAdvance(u'0');
    const bool isNarrow = width() < wideDigits * digit;
    m_model->setNarrow(isNarrow);
    m_view->setColumnHidden(AlertsModel::RuleColumn, isNarrow);
    m_view->setColumnWidth(AlertsModel::TimeColumn, (isNarrow ? 10 : 18) * digit);
}

QString AlertsPanel::titleCount() const
{
    const int unseen = m_context.desk.alerts()->unseen;
    return unseen == 0 ? QString() : number(unseen, 0);
}

void AlertsPanel::copy() const
{
    QList<int> rows;
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    for (const QModelIndex& index : selected)
        rows << index.row();
    if (rows.isEmpty())
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows << row;
    std::ranges::sort(rows);
    QStringList lines;
    for (const int row : rows)
        lines << m_model->copyText(row);
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace vegadesk::ui
