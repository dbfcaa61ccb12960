BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Get-CdbLogger' {
    It 'shows the progress of each destination' {
        Write-CdbLog numbers 1
        (Get-CdbLogger).Destinations[0].Pending | Should -Be 1
        Get-CdbLogger -SetAside | Should -BeNullOrEmpty
    }

    It 'shows the elements of lists, not their types' {
        (Get-CdbLogger | Format-List * | Out-String) | Should -Not -Match 'ReadOnly|List`'
        "$((Get-CdbLogger).Status)" | Should -BeLike '*: 1 pending'
        "$(Sync-CdbLogger)" | Should -BeLike '*: 1 sent'
    }

    It 'shows why entries wait for a destination' {
        $log = New-CdbLogger (Join-Path $TestDrive 'why.db') -Sink (New-CdbSink -ScriptBlock { throw 'down today' })
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        $null = Sync-CdbLogger $log -WarningAction Ignore
        Get-CdbLogger $log | Format-Table | Out-String -Width 400 | Should -BeLike '*: 1 pending (*down today*)*'
        Stop-CdbLogger $log -WarningAction Ignore
    }
}
