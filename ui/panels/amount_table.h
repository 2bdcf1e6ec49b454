#pragma once

#include "ui/models/amounts_model.h"

#include <QTableView>

namespace vegadesk::ui
{

/// Names with a bar and dollars, as high as its rows: losses to the left of zero, gains to the right.
class AmountTable : public QTableView
{
    Q_OBJECT

public:
    /// `areLosses`: amounts are losses, positive, with bars to the right.
    AmountTable(const Theme& theme, bool areLosses, QWidget* parent = nullptr);

    void setRows(std::vector<AmountRow> rows);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// The first row is the current one when the keyboard comes.
    void focusInEvent(QFocusEvent* event) override;

private:
    int amountWidth() const;
    void fitColumns();

    const Theme& m_theme;
    AmountsModel* m_model;
};

} // namespace vegadesk::ui
