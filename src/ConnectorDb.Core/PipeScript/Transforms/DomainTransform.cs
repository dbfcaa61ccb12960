using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The host of a URL.</summary>
internal sealed class DomainTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "domain",
        Description = "The host of a URL.",
        Documentation = "With its port, without user name and without a leading `www.`; empty when there is none.",
        Examples = ["map(domain, count) — how often each site was visited"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"string"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => ScalarNode.OfText(text =>
    {
        string host = UrlHost.Of(text);
        return DataValue.From(host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host);
    });
}
