using SmartService.Engine.Understanding;

namespace SmartService.Intent.Learning;

internal sealed record TenantModel(string Hash, string BaseModel, ReadOnlyMemory<byte> File, TenantHead Head) : ITenantModel;
