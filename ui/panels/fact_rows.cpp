#include "ui/panels/fact_rows.h"

#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QLabel>

namespace vegadesk::ui
{

FactRows::FactRows(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    m_grid->setHorizontalSpacing(Theme::unit);
    m_grid->setVerticalSpacing(Theme::unit / 2);
    m_grid->setColumnStretch(0, 1);
}

void FactRows::setFacts(const std::vector<Fact>& facts)
{
    while (m_rows.size() < facts.size()) {
        Row row{makeLabel({}, "dim", this), makeLabel({}, "strong", this)};
        const auto at = static_cast<int>(m_rows.size());
        row.name->setWordWrap(true);
        row.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_grid->addWidget(row.name, at, 0);
        m_grid->addWidget(row.value, at, 1, Qt::AlignRight | Qt::AlignTop);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool isUsed = i < facts.size();
        for (QLabel* const label : {m_rows[i].name, m_rows[i].value})
            label->setVisible(isUsed);
        if (!isUsed)
            continue;
        m_rows[i].name->setText(facts[i].name);
        m_rows[i].value->setText(facts[i].value);
        m_rows[i].value->setAccessibleName(facts[i].name + u' ' + facts[i].value);
        setLook(*m_rows[i].value, "tone", QString::fromLatin1(facts[i].tone));
        for (QLabel* const label : {m_rows[i].name, m_rows[i].value})
            label->setToolTip(facts[i].help);
    }
}

} // namespace vegadesk::ui
