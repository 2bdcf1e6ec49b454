#include "ui/panels/hedge_list.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace vegadesk::ui
{

HedgeList::HedgeList(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(Theme::unit, 0, Theme::unit, Theme::unit / 2);
    m_column->setSpacing(Theme::unit / 2);
}

HedgeList::Line HedgeList::lineOf(const desk::HedgeProposal& proposal)
{
    const QString net =
        tr("%1: %2 shares of delta, band ±%3")
            .arg(text(proposal.underlying), number(proposal.deltaShares, 1), number(proposal.bandShares, 1));
    return {proposal.intent ? tr("%1: %2").arg(net, legsText(*proposal.intent))
                            : tr("%1: %2").arg(net, text(proposal.reason)),
            text(proposal.reason), proposal.intent};
}

void HedgeList::setProposals(const std::vector<desk::HedgeProposal>& proposals)
{
    std::vector<Line> lines;
    for (const desk::HedgeProposal& proposal : proposals)
        lines.push_back(lineOf(proposal));
    setVisible(!lines.empty());
    if (lines == m_lines)
        return; // the keyboard stays where it is
    m_lines = std::move(lines);
    qDeleteAll(m_rows);
    m_rows.clear();
    for (const Line& line : m_lines) {
        auto* const row = new QWidget(this);
        auto* const across = new QHBoxLayout(row);
        across->setContentsMargins(0, 0, 0, 0);
        across->setSpacing(Theme::unit);
        QLabel* const words = makeLabel(line.words, line.intent ? "strong" : "dim", row);
        words->setWordWrap(true);
        words->setToolTip(line.reason);
        across->addWidget(words, 1);
        if (line.intent) {
            auto* const stage = new QPushButton(tr("Stage hedge"), row);
            stage->setObjectName(QStringLiteral("exposure_hedge"));
            stage->setAccessibleName(tr("Stage hedge: %1").arg(line.words));
            stage->setToolTip(line.reason + u'\n' + tr("Puts it into the ticket; nothing is sent yet."));
            connect(stage, &QPushButton::clicked, this, [this, intent = *line.intent] { Q_EMIT staged(intent); });
            across->addWidget(stage, 0, Qt::AlignVCenter);
        }
        m_column->addWidget(row);
        m_rows.push_back(row);
    }
}

} // namespace vegadesk::ui
