"""Addresses of materials, the review page, dispatches and public pages."""

from django.urls import URLPattern, path

from materials.views import (
    choosing,
    copies,
    differences,
    dispatches,
    exceptions,
    extensions,
    materials,
    papers,
    public_pages,
    reviews,
    translation,
)

app_name = "materials"

urlpatterns: list[URLPattern] = [
    path("cases/<str:reference>/materials/", materials.case_materials, name="materials"),
    path("cases/<str:reference>/materials/new/", materials.material_new, name="material_new"),
    path("cases/<str:reference>/copies/", copies.copies, name="copies"),
    path("cases/<str:reference>/translation/<slug:language>/", translation.translation, name="translation"),
    path(
        "cases/<str:reference>/translation/<slug:language>/sign/",
        translation.sign_translation,
        name="sign_translation",
    ),
    path("materials/<uuid:pk>/", materials.material, name="material"),
    path("materials/<uuid:pk>/differences/", differences.differences, name="differences"),
    path("materials/<uuid:pk>/edit/", materials.material_edit, name="material_edit"),
    path("materials/<uuid:pk>/choose/", choosing.choose, name="choose"),
    path("materials/<uuid:pk>/compose-again/", materials.compose_again, name="compose_again"),
    path("materials/<uuid:pk>/still-right/", materials.still_right, name="still_right"),
    path("materials/<uuid:pk>/still-right/agree/", materials.agree_still_right, name="agree_still_right"),
    path("materials/<uuid:pk>/send-to-review/", materials.send_to_review, name="send_to_review"),
    path("materials/<uuid:pk>/take-back/", materials.take_back, name="take_back"),
    path("materials/<uuid:pk>/print/", materials.material_print, name="material_print"),
    path("materials/<uuid:pk>/dispatch/", dispatches.dispatch, name="dispatch"),
    path("materials/<uuid:pk>/publish/", public_pages.publish, name="publish"),
    path("materials/<uuid:pk>/take-down/", public_pages.take_down, name="take_down"),
    path("materials/<uuid:pk>/taken-down/", public_pages.taken_down, name="taken_down"),
    path("materials/<uuid:pk>/exception/", exceptions.exception, name="exception"),
    path("materials/<uuid:pk>/exception/sign/", exceptions.sign_exception, name="sign_exception"),
    path("materials/<uuid:pk>/exception/end/", exceptions.end_exception, name="end_exception"),
    path("materials/<uuid:pk>/extension/", extensions.extension, name="extension"),
    path("materials/<uuid:pk>/extension/agree/", extensions.agree_extension, name="agree_extension"),
    path("review/", reviews.reviews, name="reviews"),
    path("review/<uuid:pk>/", reviews.review, name="review"),
    path("review/<uuid:pk>/sign/", reviews.sign, name="sign"),
    path("review/<uuid:pk>/send-back/", reviews.send_back, name="send_back"),
    path("review/<uuid:pk>/read/", reviews.read_for_names, name="read_for_names"),
    path("review/<uuid:pk>/revoke/", reviews.revoke, name="revoke"),
    path("review/<uuid:pk>/findings/<uuid:finding>/", reviews.pass_finding, name="pass_finding"),
    path("copies/<uuid:pk>/", dispatches.copy, name="copy"),
    path("copies/<uuid:pk>/handed-over/", copies.handed_over, name="handed_over"),
    path("copies/<uuid:pk>/send/", dispatches.send_copy, name="send_copy"),
    path("copies/<uuid:pk>/file/", dispatches.copy_file, name="copy_file"),
    path("copies/<uuid:pk>/print/", dispatches.copy_print, name="copy_print"),
    path("papers/", papers.paper, name="paper"),
    path("p/<str:address>/", public_pages.public_page, name="public_page"),
]
