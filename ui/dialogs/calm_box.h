#pragma once

#include <QWheelEvent>

namespace vegadesk::ui
{

/// Wheel events scroll the form; they do not change a figure that happens to be under the pointer.
template<class Box>
class CalmBox : public Box
{
public:
    using Box::Box;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace vegadesk::ui
