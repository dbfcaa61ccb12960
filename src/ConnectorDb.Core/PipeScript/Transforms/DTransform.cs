namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Another name of <see cref="DollarTransform"/>.</summary>
internal sealed class DTransform : DollarTransform
{
    public override TransformInfo Info { get; } = Named("d");
}
