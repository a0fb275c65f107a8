import { Button, Group } from "@mantine/core";
import { lazy, type ComponentType } from "react";
import { t } from "./i18n";
import { Page } from "./parts/page";
import { linkTo, type Place } from "./router";

const Candidates = lazy(() => import("./pages/Candidates"));
const Conversations = lazy(() => import("./pages/Conversations"));
const CustomerPage = lazy(() => import("./pages/CustomerPage"));
const Customers = lazy(() => import("./pages/Customers"));
const Figures = lazy(() => import("./pages/Figures"));
const Files = lazy(() => import("./pages/Files"));
const Home = lazy(() => import("./pages/Home"));
const ItemPage = lazy(() => import("./pages/ItemPage"));
const Items = lazy(() => import("./pages/Items"));
const Learning = lazy(() => import("./pages/Learning"));
const LivePage = lazy(() => import("./pages/LivePage"));
const Peak = lazy(() => import("./pages/Peak"));
const Questions = lazy(() => import("./pages/Questions"));
const ReleaseDetail = lazy(() => import("./pages/ReleaseDetail"));
const Releases = lazy(() => import("./pages/Releases"));
const Settings = lazy(() => import("./pages/settings/Settings"));
const Try = lazy(() => import("./pages/Try"));
const Unanswered = lazy(() => import("./pages/Unanswered"));

const plain: Record<string, ComponentType> = {
  "/": Home, "/home": Home, "/live": LivePage, "/conversations": Conversations, "/customers": Customers, "/questions": Questions, "/unanswered": Unanswered, "/candidates": Candidates,
  "/releases": Releases, "/items": Items, "/files": Files, "/try": Try, "/figures": Figures, "/learning": Learning, "/peak": Peak, "/settings": Settings,
};

/** Pages about one thing, named by "id". */
const ofOne: Record<string, ComponentType<{ id: string }>> = { "/release": ReleaseDetail, "/item": ItemPage, "/customer": CustomerPage };

/** Which page an address means. */
export function PageOf({ place }: { place: Place }) {
  const path = place.path.length > 1 ? place.path.replace(/\/$/, "") : place.path;
  const id = place.query.get("id");
  const One = ofOne[path];
  if (One && id) {
    return <One key={id} id={id} />;
  }
  if (path === "/new-item") {
    return <ItemPage key="new" id={undefined} />;
  }
  const Plain = path.startsWith("/settings/") ? Settings : plain[path];
  return Plain ? <Plain /> : <Nowhere />;
}

function Nowhere() {
  return (
    <Page title={t("nowhere")} about={t("nowhere.help")}>
      <Group><Button component="a" {...linkTo("/")}>{t("nav.home")}</Button></Group>
    </Page>
  );
}
