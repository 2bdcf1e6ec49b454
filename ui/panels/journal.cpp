#include "ui/panels/journal.h"

#include "ui/models/journal_model.h"
#include "ui/panels/table_look.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr int linesShown = 500;
}

JournalPanel::JournalPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_model(new JournalModel(context.theme, this)),
      m_filtered(new QSortFilterProxyModel(this)), m_view(new QTableView(this)), m_filter(new QLineEdit(this))
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setObjectName(QStringLiteral("journal_view"));
    m_view->setModel(m_filtered);
    prepareTable(*m_view, m_context.theme, JournalModel::TextColumn);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {19, 13, 28, 40});
    connect(&m_context.theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));

    m_filter->setObjectName(QStringLiteral("journal_filter"));
    m_filter->setPlaceholderText(tr("Filter the last %n lines", nullptr, linesShown));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    auto* const again = new QPushButton(tr("Read again"), this);
    connect(again, &QPushButton::clicked, this, &JournalPanel::read);
    connect(&m_context.desk, &desk::Desk::journalRead, this, &JournalPanel::take);

    auto* const bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit / 2);
    bar->setSpacing(Theme::unit);
    bar->addWidget(m_filter, 1);
    bar->addWidget(again);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_view, 1);
}

void JournalPanel::refresh()
{
    // The journal has no version of its own: it grows when orders do. One question at a time.
    const std::shared_ptr<const desk::TradingView> trading = m_context.desk.trading();
    base::Instant last{};
    for (const execution::Order& order : trading->orders)
        last = std::max(last, order.updatedAt);
    const Mark mark{trading->orders.size(), last, trading->state};
    if (m_isReading || (m_hasRead && mark == m_mark))
        return;
    m_mark = mark;
    read();
}

void JournalPanel::read()
{
    m_isReading = true;
    m_context.desk.readJournal(linesShown);
}

void JournalPanel::take(const std::vector<desk::JournalLine>& lines)
{
    m_isReading = false;
    m_hasRead = true;
    m_model->update(lines);
}

} // namespace vegadesk::ui
