BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Add-CdbLoggerStream' {
    It 'declares a stream with its schema, without a connection' {
        Add-CdbLoggerStream doors -Schema boolean -Force
        $logger.Streams | Should -Contain 'doors'
        { Write-CdbLog doors 'open' } | Should -Throw -ErrorId 'SchemaViolation*'
    }

    It 'uses the schema of an existing stream, and creates a missing stream' {
        $store = Join-Path $TestDrive 'store.cdb'
        $connection = Connect-Cdb -Path $store
        $null = New-CdbStream there -Schema integer
        Disconnect-Cdb $connection
        $log = New-CdbLogger (Join-Path $TestDrive 'schemas.db') -Sink (New-CdbSink -ConnectorDb $store)
        Add-CdbLoggerStream there -Logger $log
        Add-CdbLoggerStream made -Schema string -Logger $log
        { Write-CdbLog there 'warm' -Logger $log } | Should -Throw -ErrorId 'SchemaViolation*'
        { Add-CdbLoggerStream nowhere -Logger $log -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
        Stop-CdbLogger $log
        $connection = Connect-Cdb -Path $store
        Get-CdbStream made | Should -HaveCount 1
        Disconnect-Cdb $connection
    }
}
