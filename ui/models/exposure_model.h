#pragma once

#include "desk/risk_views.h"
#include "ui/models/depth_tree.h"
#include "ui/theme/theme.h"

#include <QString>

namespace vegadesk::ui
{

/// Greeks and margin of the book, of each underlying, and under it of its shares and of each expiration.
class ExposureModel : public DepthTree
{
    Q_OBJECT

public:
    enum ColumnId {
        NameColumn,
        DeltaColumn,
        DollarDeltaColumn,
        BetaDeltaColumn,
        GammaColumn,
        ThetaColumn,
        VegaColumn,
        ContractsColumn,
        MarginColumn,
        PortfolioMarginColumn,
        ColumnTotal
    };

    explicit ExposureModel(const Theme& theme, QObject* parent = nullptr);

    void update(const desk::ExposureView& view);
    std::size_t size() const { return m_rows.size(); }

    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        int depth = 0;
        QString name;
        double beta = desk::unknown;
        desk::GreekSums greeks;
        double betaDelta = desk::unknown;
        std::optional<int> contracts;
        double margin = desk::unknown, portfolioMargin = desk::unknown, brokerMargin = desk::unknown;
    };
    static double figure(const Row& row, int column);
    QVariant toolTip(const Row& row, int column) const;

    const Theme& m_theme;
    QString m_index; ///< that betas are to
    std::vector<Row> m_rows;
};

} // namespace vegadesk::ui
