BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Write-CdbEvent' {
    It 'writes an event with its tags' {
        Write-CdbEvent 'opened' -Tag @{ place = 'cellar' }
        $null = Sync-CdbLogger
        (Get-Content $lines -Tail 1 | ConvertFrom-Json).d.tags.place | Should -Be 'cellar'
    }

    It 'writes an event with a duration' {
        Write-CdbEvent 'open' -Start '2030-01-01Z' -Stop '2030-01-02Z'
        $null = Sync-CdbLogger
        Get-Content $lines -Tail 1 | Should -BeLike '*"stop":1893542400*'
    }
}
