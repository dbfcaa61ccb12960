BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Write-CdbLog' {
    It 'writes values, objects and points' {
        Write-CdbLog numbers 1.5
        [pscustomobject]@{ a = 1; b = @(2, 3) } | Write-CdbLog -Prefix o
        Write-CdbLog -Measurement m -Field @{ f = 1 }
        $logger.Cached | Should -Be 5
        $logger.Streams | Should -Contain 'o_b_1'
    }

    It 'writes the properties of an object with one time' {
        $store = Join-Path $TestDrive 'store.cdb'
        $log = New-CdbLogger (Join-Path $TestDrive 'parts.db') -Sink (New-CdbSink -ConnectorDb $store)
        [pscustomobject]@{ cpu = 1.5; disks = @(2, @{ free = $true }); other = 'x' } | Write-CdbLog -Prefix p -Property cpu, disks -Logger $log
        $null = Sync-CdbLogger $log
        Stop-CdbLogger $log
        $connection = Connect-Cdb -Path $store
        $streams = Get-CdbStream p_*
        $streams | ForEach-Object { "$($_.Name)=$($_.LastDatapoint.Data)" } | Sort-Object | Should -Be @('p_cpu=1.5', 'p_disks_0=2', 'p_disks_1_free=True')
        $streams.LastDatapoint.T | Select-Object -Unique | Should -HaveCount 1
        Disconnect-Cdb $connection
    }

    It 'leaves out a field that cannot be stored, and logs the others' {
        Write-CdbLog -Measurement room -Field @{ humidity = [double]::NaN; temperature = 21.5 } -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 1
        "$($problems[0].TargetObject)" | Should -Be 'humidity'
        $null = Sync-CdbLogger
        (Get-Content $lines | ConvertFrom-Json | Where-Object channel -EQ room).d.fields.PSObject.Properties.Name | Should -Be 'temperature'
    }

    It 'writes measurements with tags' {
        Write-CdbLog -Measurement tagged -Field @{ a = 1 } -Tag @{ host = 'h' }
        $null = Sync-CdbLogger
        Get-Content $lines | Where-Object { $_ -like '*{"tags":{"host":"h"},"fields":{"a":1}}*' } | Should -HaveCount 1
    }

    It 'rejects values that violate the schema, and writes the others' {
        Add-CdbLoggerStream whole -Schema integer -Force
        $before = $logger.Cached
        1, 'warm', 2, 'cold', 3 | Write-CdbLog whole -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SchemaViolation*'
        $logger.Cached | Should -Be ($before + 3)
    }

    It 'reports an undeclared stream' {
        { Write-CdbLog unknown 1 } | Should -Throw -ErrorId 'NotFound*'
    }

    It 'explains how to open a logger when none is open' {
        Stop-CdbLogger
        { Write-CdbLog numbers 1 } | Should -Throw -ExpectedMessage '*Start-CdbLogger*'
        $logger = New-CdbLogger $cache
    }
}
