import { useMantineTheme, useComputedColorScheme } from "@mantine/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import type { EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

// Only what is drawn comes along; canvas, and tooltips drawn on it: no markup is made from data.
echarts.use([LineChart, BarChart, GridComponent, TooltipComponent, LegendComponent, CanvasRenderer]);

export interface Series {
  name: string;
  values: (number | null)[];
  color: "indigo" | "teal" | "grape" | "orange" | "gray";
  dashed?: boolean;
  bar?: boolean;
}

/** Lines over time. What it shows must also stand in a table beside it: a canvas says nothing to a screen reader. */
export default function Chart({ labels, series, label, height = 260, onPoint, format }: {
  labels: string[];
  series: Series[];
  label: string;
  height?: number;
  onPoint?: (index: number) => void;
  format: (value: number) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  const point = useRef(onPoint);
  point.current = onPoint;
  const theme = useMantineTheme();
  const dark = useComputedColorScheme("light") === "dark";

  useEffect(() => {
    if (!box.current) {
      return;
    }
    const made = echarts.init(box.current, null, { renderer: "canvas" });
    chart.current = made;
    made.on("click", (event) => point.current?.(event.dataIndex ?? 0));
    const sized = new ResizeObserver(() => made.resize());
    sized.observe(box.current);
    return () => {
      sized.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const shade = dark ? 4 : 7;
    const text = dark ? "#a9abb1" : "#565e66";
    const line = dark ? "#36383d" : "#e3e6ea";
    const option: EChartsCoreOption = {
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDuration: 250,
      textStyle: { fontFamily: theme.fontFamily ?? "sans-serif" },
      grid: { left: 8, right: 14, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 4, textStyle: { color: text } },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, backgroundColor: dark ? "#2b2d31" : "#ffffff", borderColor: line, textStyle: { color: dark ? "#e6e7ea" : "#1b1e22" },
        axisPointer: { lineStyle: { color: text } }, valueFormatter: (value: unknown) => (typeof value === "number" ? format(value) : "–"),
      },
      xAxis: { type: "category", data: labels, boundaryGap: series.some((s) => s.bar), axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: text, hideOverlap: true } },
      yAxis: { type: "value", minInterval: 1, axisLabel: { color: text, formatter: (value: number) => format(value) }, splitLine: { lineStyle: { color: line } } },
      series: series.map((s) => ({
        name: s.name, type: s.bar ? "bar" : "line", data: s.values, smooth: 0.2, showSymbol: labels.length < 40 && !s.dashed, symbolSize: 6, barMaxWidth: 22,
        lineStyle: { width: s.dashed ? 1.5 : 2.5, type: s.dashed ? "dashed" : "solid" }, itemStyle: { color: theme.colors[s.color]?.[shade] ?? "#4263eb", opacity: s.dashed ? 0.7 : 1 }, emphasis: { focus: "series" },
      })),
    };
    chart.current?.setOption(option, { notMerge: true });
  }, [labels, series, dark, theme, format]);

  return <div ref={box} style={{ height }} role="img" aria-label={label} className="chart" />;
}
