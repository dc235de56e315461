package io.postern.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {

    @Test
    void drawsEveryValue() throws Exception {
        String svg = new Chart(
                        "Requests & threads",
                        "µs",
                        List.of("1", "2", "4"),
                        List.of(
                                new Chart.Line("ours", List.of(1.0, 2.0, 4.0)),
                                new Chart.Line("<floor>", List.of(0.5, 0.5, 0.5))))
                .svg();
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(6);
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Requests & threads");
        assertThat(document.getElementsByTagName("polyline")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("points")
                        .getNodeValue())
                .isEqualTo("100.0,215.7 340.0,171.3 580.0,82.6");
    }
}
