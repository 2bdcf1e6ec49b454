#include "ui/panels/connections.h"

#include "ui/models/connections_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{

QString clockWords(double ahead)
{
    if (std::isnan(ahead))
        return ConnectionsPanel::tr("The broker's clock is not known yet.");
    if (std::abs(ahead) <= desk::clockApartSeconds)
        return ConnectionsPanel::tr("This computer's clock and the broker's agree.");
    const QString seconds = number(std::abs(ahead), 1);
    return ahead > 0 ? ConnectionsPanel::tr("This computer's clock is %1 s behind the broker's.").arg(seconds)
                     : ConnectionsPanel::tr("This computer's clock is %1 s ahead of the broker's.").arg(seconds);
}

} // namespace

ConnectionsPanel::ConnectionsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_model(new ConnectionsModel(context.theme, this)),
      m_table(new QTableView(this)), m_reconciled(makeLabel({}, "dim", this)), m_clock(makeLabel({}, "dim", this)),
      m_heading(makeLabel({}, "label", this)), m_quarantined(new QListWidget(this))
{
    m_table->setObjectName(QStringLiteral("connections_view"));
    m_table->setModel(m_model);
    prepareTable(*m_table, m_context.theme, ConnectionsModel::NameColumn);
    setColumnWidths(*m_table, *m_table->horizontalHeader(), {20, 13, 10, 10, 10, 12, 10, 8});
    connect(&m_context.theme, &Theme::changed, m_table->viewport(), qOverload<>(&QWidget::update));
    m_reconciled->setObjectName(QStringLiteral("reconciled"));
    m_clock->setObjectName(QStringLiteral("clock"));
    m_quarantined->setObjectName(QStringLiteral("quarantined"));
    m_quarantined->setAccessibleName(tr("messages that could not be read"));
    m_quarantined->setWordWrap(true);
    m_quarantined->setSelectionMode(QAbstractItemView::ExtendedSelection);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 2);
    for (QLabel* const label : {m_reconciled, m_clock, m_heading}) {
        label->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit / 2);
        column->addWidget(label);
    }
    column->addWidget(m_quarantined, 1);
}

void ConnectionsPanel::refresh()
{
    show(m_context.desk.connections());
}

QString ConnectionsPanel::titleCount() const
{
    return m_quarantinedCount > 0 ? number(static_cast<double>(m_quarantinedCount), 0) : QString();
}

void ConnectionsPanel::show(const desk::ConnectionsView& view)
{
    m_model->update(view.rows);
    const QString when = newYorkText(view.reconciledAt, QStringLiteral("HH:mm:ss"));
    m_reconciled->setText(when.isEmpty() ? tr("Our books were not yet compared with the broker's.")
                          : view.differences == 0
                              ? tr("Our books and the broker's agreed at %1, New York time.").arg(when)
                              : tr("Compared with the broker's books at %1, New York time: %n difference(s), see Risk.",
                                   nullptr, static_cast<int>(view.differences))
                                    .arg(when));
    setLook(*m_reconciled, "tone", view.differences == 0 ? QStringLiteral("dim") : QStringLiteral("warning"));
    const bool isApart = std::abs(view.clockAhead) > desk::clockApartSeconds;
    m_clock->setText(clockWords(view.clockAhead));
    setLook(*m_clock, "tone", isApart ? QStringLiteral("warning") : QStringLiteral("dim"));
    if (view.quarantinedCount == m_quarantinedCount && m_heading->text().size() > 0)
        return;
    m_quarantinedCount = view.quarantinedCount;
    m_heading->setText(m_quarantinedCount == 0
                           ? tr("Every message could be read.")
                           : tr("%n message(s) could not be read; the last ones, newest first:", nullptr,
                                static_cast<int>(m_quarantinedCount)));
    setLook(*m_heading, "tone", m_quarantinedCount == 0 ? QStringLiteral("label") : QStringLiteral("warning"));
    m_quarantined->setVisible(m_quarantinedCount > 0);
    m_quarantined->clear();
    for (const desk::QuarantinedMessage& message : view.quarantined) {
        auto* const item = new QListWidgetItem(text(message.source) + QStringLiteral(" · ") + text(message.reason) +
                                                   QLatin1Char('\n') + text(message.text),
                                               m_quarantined);
        item->setToolTip(text(message.text));
    }
}

} // namespace vegadesk::ui
