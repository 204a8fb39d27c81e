// A library of its own, loaded by draw.cpp: Graphviz's layout `dot`, written as SVG.
#include <graphviz/gvc.h>

#include <cstddef>

extern "C" __attribute__((visibility("default"))) bool ProvisoDrawSvg(const char* dot, void* to,
                                                                      void (*write)(void*, const char*, std::size_t)) {
  GVC_t* const context = gvContext();
  Agraph_t* const graph = agmemread(dot);
  if (graph == nullptr) return false;
  char* svg = nullptr;
  unsigned size = 0;
  const bool is_drawn = gvLayout(context, graph, "dot") == 0 && gvRenderData(context, graph, "svg", &svg, &size) == 0;
  if (is_drawn) write(to, svg, size);
  gvFreeRenderData(svg);
  gvFreeLayout(context, graph);
  agclose(graph);
  gvFreeContext(context);
  return is_drawn;
}
