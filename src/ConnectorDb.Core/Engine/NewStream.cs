using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>A stream to create, validated as far as possible without the store.</summary>
internal sealed record NewStream(StreamRecord Stream, StreamDefinition Definition)
{
    public static NewStream Check(CdbPath path, StreamDefinition definition, SchemaCache schemas)
    {
        ArgumentNullException.ThrowIfNull(definition);
        FieldRules.CheckKind(path, CdbPathKind.Stream);
        return new NewStream(FieldRules.Apply(new StreamRecord { Path = path }, definition, schemas), definition);
    }
}
