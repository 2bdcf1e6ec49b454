#include "ui/dialogs/walk_forward_page.h"

#include "ui/models/folds_model.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/plots/equity_plot.h"
#include "ui/plots/fold_plot.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace vegadesk::ui
{

WalkForwardPage::WalkForwardPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_verdict(makeLabel({}, "", this)), m_honesty(makeLabel({}, "", this)),
      m_folds(new FoldPlot(theme, this)), m_equity(new EquityPlot(theme, this)), m_model(new FoldsModel(theme, this)),
      m_table(new QTableView(this))
{
    m_verdict->setObjectName(QStringLiteral("walk_verdict"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_folds->setObjectName(QStringLiteral("walk_folds"));
    m_folds->setAccessibleName(tr("the days picked on and traded, and what was picked"));
    m_equity->setObjectName(QStringLiteral("walk_equity"));
    m_equity->setAccessibleName(tr("equity and drawdown of the days traded"));
    m_table->setObjectName(QStringLiteral("walk_table"));
    m_table->setModel(m_model);
    prepareTable(*m_table, theme, FoldsModel::PickedColumn);
    setColumnWidths(*m_table, *m_table->horizontalHeader(), {9, 9, 9, 9, 15, 12, 11, 11});
    m_honesty->setWordWrap(true);
    m_honesty->setAlignment(Qt::AlignTop);
    m_honesty->setMargin(Theme::unit);
    m_honesty->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* const drawn = new QWidget(this);
    auto* const plots = new QVBoxLayout(drawn);
    plots->setContentsMargins(0, 0, 0, 0);
    plots->setSpacing(Theme::unit);
    plots->addWidget(m_folds, 5);
    plots->addWidget(m_equity, 4);
    auto* const assumptions = new QScrollArea(this);
    assumptions->setWidget(m_honesty);
    assumptions->setWidgetResizable(true);
    assumptions->setFrameShape(QFrame::NoFrame);
    auto* const tabs = new QTabWidget(this);
    tabs->setObjectName(QStringLiteral("walk_tabs"));
    tabs->setDocumentMode(true);
    tabs->tabBar()->setDrawBase(false);
    tabs->addTab(drawn, tr("Over time"));
    tabs->addTab(m_table, tr("Stretches"));
    tabs->addTab(assumptions, tr("Assumptions"));

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, Theme::unit, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(tabs, 1);
    column->addWidget(m_verdict);
}

void WalkForwardPage::setReport(std::shared_ptr<const desk::SweepReport> report)
{
    const desk::WalkForwardView& walked = *report->walkForward;
    const SweepVerdict verdict = verdictOf(*report, walked);
    m_verdict->setText(verdict.words);
    setLook(*m_verdict, "tone", verdict.isWarning ? QStringLiteral("warning") : QString());
    m_equity->setReports(walked.stitched, {walked.stitched});
    QStringList sentences;
    for (const std::string& sentence : walked.stitched->honesty)
        sentences << text(sentence);
    m_honesty->setText(sentences.join(QStringLiteral("\n\n")));
    m_folds->setReport(report);
    m_model->setReport(std::move(report));
}

} // namespace vegadesk::ui
