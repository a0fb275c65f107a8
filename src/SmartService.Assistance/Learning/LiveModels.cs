using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SmartService.Domain;
using SmartService.Engine.Understanding;

namespace SmartService.Assistance.Learning;

/// <summary>Brings what the journal calls live into use, or says loudly why the shipped model answers instead.</summary>
internal sealed partial class LiveModels(ITenantModels models, ITenantModelStore store, ILogger<LiveModels> logger)
{
    private readonly ConcurrentDictionary<TenantId, string> _faults = new();

    public int Refused => _faults.Count;

    public string? FaultOf(TenantId tenant) => _faults.GetValueOrDefault(tenant);

    /// <param name="hash">What is live by the journal; null for the shipped model.</param>
    /// <returns>False when it could not be read: another try may help.</returns>
    public async Task<bool> UseAsync(TenantId tenant, string? hash, CancellationToken ct)
    {
        if (hash is null)
        {
            Use(tenant, null);
            return true;
        }

        try
        {
            var model = models.Read(await store.LoadAsync(tenant, hash, ct));
            if (model.Hash != hash)
            {
                Refuse(tenant, "what is stored is another model than the journal names", null);
            }
            else if (model.BaseModel != models.BaseModel)
            {
                Refuse(tenant, "it was made for another shipped model", null);
            }
            else
            {
                Use(tenant, model);
            }
        }
        catch (Exception e) when (e is UnderstandingException or IOException or UnauthorizedAccessException)
        {
            Refuse(tenant, e is UnderstandingException ? "it is damaged" : "it cannot be read", e);
            return e is UnderstandingException;
        }

        return true;
    }

    public void Use(TenantId tenant, ITenantModel? model)
    {
        models.Use(tenant, model);
        _faults.TryRemove(tenant, out _);
    }

    private void Refuse(TenantId tenant, string why, Exception? e)
    {
        models.Use(tenant, null);
        if (_faults.GetValueOrDefault(tenant) != why)
        {
            LogRefused(tenant.Value, why, e);
        }

        _faults[tenant] = why;
    }

    [LoggerMessage(EventId = 4121, Level = LogLevel.Error, Message = "The own model of {Tenant} is not used: {Why}. The shipped model answers. Train it again, or roll it back: ./smart train tenant {Tenant} [--rollback]")]
    private partial void LogRefused(string tenant, string why, Exception? e);
}
