#pragma once

#include <QWidget>

class QBoxLayout;

namespace vegadesk::ui
{

/// Two parts of a panel: side by side where it is wide, one above the other where it is not.
class SplitBox : public QWidget
{
    Q_OBJECT

public:
    /// The first part is left, or above; the stretches are of both directions. Side by side from `sideBySideFrom` pixels on.
    SplitBox(QWidget* first, int firstStretch, QWidget* second, int secondStretch, int sideBySideFrom,
             QWidget* parent = nullptr);

    bool isSideBySide() const;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange(int width);

    QWidget *m_first, *m_second;
    int m_sideBySideFrom;
    QBoxLayout* m_box;
};

} // namespace vegadesk::ui
